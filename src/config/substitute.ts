import { type Problem, pathOf } from './problem.ts';

const REFERENCE = /\$\{([A-Z_][A-Z0-9_]*)(?::-([^}]*))?\}/g;

/** Looks up a name of the environment; undefined when it is not set. May throw when its file cannot be read. */
export type Lookup = (name: string) => string | undefined;

/**
 * Puts the environment into every text of the parsed file: `${NAME}` is the variable, or the contents of the file
 * that `NAME_FILE` names, `${NAME:-text}` has a default. Done after parsing, so that a value cannot change the
 * file's structure.
 */
export function substitute(
  value: unknown,
  lookup: Lookup,
  problems: Problem[],
  path: PropertyKey[] = [],
): unknown {
  if (typeof value === 'string') return substituteText(value, lookup, problems, path);
  if (Array.isArray(value))
    return value.map((item, index) => substitute(item, lookup, problems, [...path, index]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, substitute(item, lookup, problems, [...path, key])]),
  );
}

function substituteText(text: string, lookup: Lookup, problems: Problem[], path: PropertyKey[]): string {
  return text.replaceAll(REFERENCE, (reference, name: string, fallback: string | undefined) => {
    try {
      const found = lookup(name) ?? fallback;
      if (found !== undefined) return found;
      problems.push({
        path: pathOf(path),
        message: `the environment variable ${name} is not set (nor ${name}_FILE, the name of a file that holds it)`,
      });
    } catch (error) {
      const code = (error as { code?: string }).code ?? 'unreadable';
      problems.push({
        path: pathOf(path),
        message: `the file that ${name}_FILE names cannot be read (${code})`,
      });
    }
    return reference;
  });
}
