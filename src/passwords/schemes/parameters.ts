/**
 * Reads the name of a scheme whose parameters stand in the name, `pbkdf2-sha256(iterations=10000,length=50)`: what
 * software keeps in its code or its configuration and not in the row.
 *
 * @returns undefined when the text is not such a name, or says a parameter twice
 */
export function readParameterisedName(
  text: string,
): { readonly family: string; readonly parameters: ReadonlyMap<string, string> } | undefined {
  const found = /^([a-z0-9-]{1,30})\(([a-z0-9=,]{1,100})\)$/.exec(text);
  if (found === null) return undefined;
  const [, family = '', list = ''] = found;
  const pairs = list.split(',').map((pair) => pair.split('='));
  const parameters = new Map(pairs.map(([key = '', value = '']) => [key, value]));
  const isSound = pairs.every((pair) => pair.length === 2) && parameters.size === pairs.length;
  return isSound ? { family, parameters } : undefined;
}
