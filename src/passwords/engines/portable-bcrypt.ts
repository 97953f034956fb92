import { hashSync } from 'bcryptjs';

/**
 * bcrypt of a password without NUL, under a setting such as `$2y$10$` and 22 characters of salt.
 *
 * @returns the whole encoded hash; undefined when this library does not do these bytes as crypt(3) does
 */
export type ComputeBcrypt = (password: Uint8Array, setting: string) => string | undefined;

/** bcryptjs takes text alone and knows nothing of `$2x$`. */
export const portableBcrypt: ComputeBcrypt = (password, setting) => {
  if (setting.startsWith('$2x$')) return undefined;
  const text = utf8Of(password);
  return text === undefined ? undefined : hashSync(text, setting);
};

/** @returns undefined when the bytes are no UTF-8: text made from them would be another password */
export function utf8Of(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
