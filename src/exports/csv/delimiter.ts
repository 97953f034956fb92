const CANDIDATES = [',', ';', '\t', '|'];

/** The delimiter that parts the header most often, quoted parts left out; a comma where none does. */
export function findDelimiter(start: string): string {
  const header = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(start)?.[0] ?? '';
  const bare = header.replaceAll(/"(?:[^"]|"")*"/g, '');
  const counts = CANDIDATES.map((delimiter) => bare.split(delimiter).length);
  return CANDIDATES[counts.indexOf(Math.max(...counts))] ?? ',';
}
