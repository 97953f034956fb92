/** What to say of a value that names its scheme and cannot be read. */
export function notWhole(name: string, encoded: string): string {
  return encoded.trimEnd().length < encoded.length
    ? `${name}, but followed by blanks: a CHAR column pads, so map a trimmed one`
    : `${name}, but not whole (${encoded.length} characters): the column or the export cut it, or changed it`;
}
