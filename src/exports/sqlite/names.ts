/** An identifier in double quotes, which double inside. NUL ends SQLite's text. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('\0', '').replaceAll('"', '""')}"`;
}
