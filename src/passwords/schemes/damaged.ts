/** The sentence about a value that names its format and is not whole, without any of its hash or salt. */
export function damagedValue(title: string, encoded: string): string {
  return encoded.trimEnd().length < encoded.length
    ? `${title}, but followed by blanks: a CHAR column pads, so map a trimmed one`
    : `${title}, but not whole (${encoded.length} characters): the column or the export cut it, or changed it`;
}
