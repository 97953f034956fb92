import type { Scheme } from './scheme.ts';
import { ALL_SCHEMES, SCHEME_FAMILIES } from './schemes/all.ts';

/** Leaves the choice to the prefix of each row. */
export const AUTO = 'auto';

const BY_NAME = new Map(
  ALL_SCHEMES.flatMap((scheme) =>
    [scheme.name, ...(scheme.aliases ?? [])].map((name) => [normalise(name), scheme]),
  ),
);

/**
 * The scheme of this name or alias; case and blanks do not matter, so `MD5($salt . $pass)` is found.
 *
 * @returns undefined when there is none; also for `auto`, which is not one scheme
 */
export function findScheme(name: string): Scheme | undefined {
  const normal = normalise(name);
  const scheme = BY_NAME.get(normal);
  if (scheme !== undefined) return scheme;
  for (const family of SCHEME_FAMILIES) {
    const made = family.find(normal);
    if (made !== undefined) return made;
  }
  return undefined;
}

/** True when a credential's `scheme` may be called this; anything else is an error of the configuration. */
export const isKnownScheme = (name: string): boolean => name === AUTO || findScheme(name) !== undefined;

/** What a credential's `scheme` may be called, `auto` first and a family by its example; for messages and documentation. */
export const schemeNames = (): readonly string[] => [
  AUTO,
  ...ALL_SCHEMES.map(({ name }) => name),
  ...SCHEME_FAMILIES.map(({ example }) => example),
];

function normalise(name: string): string {
  return name.replaceAll(/\s/g, '').toLowerCase();
}
