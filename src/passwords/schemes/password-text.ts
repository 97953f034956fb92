/**
 * The text that these bytes are in UTF-8, for schemes that hash characters and not bytes. Nothing is normalised and
 * a byte order mark is a character like any other.
 *
 * @returns undefined when they are none: text made from such bytes would be another password
 */
export function passwordText(password: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(password);
  } catch {
    return undefined;
  }
}

/** What Windows hashes: the text in UTF-16, low byte first. */
export function utf16le(password: Uint8Array): Buffer | undefined {
  const text = passwordText(password);
  return text === undefined ? undefined : Buffer.from(text, 'utf16le');
}
