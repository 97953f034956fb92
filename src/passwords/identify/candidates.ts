import { findScheme } from '../known-schemes.ts';
import { namedRecipes } from '../recipes/named.ts';
import type { Scheme, StoredHash } from '../scheme.ts';
import { ALL_SCHEMES } from '../schemes/all.ts';
import { NAMED_RECIPES } from '../schemes/named-recipes.ts';

/** By the name that configuration gives them: schemes whose values name none. Plain digests first, then software. */
const NAMELESS: readonly (readonly [name: string, Scheme])[] = [
  ...namedRecipes.map((scheme) => [scheme.name, scheme] as const),
  ...ALL_SCHEMES.filter((scheme) => !namedRecipes.includes(scheme)).map(
    (scheme) => [scheme.name, scheme] as const,
  ),
  ...NAMED_RECIPES.flatMap(({ name }) => {
    const scheme = findScheme(name);
    return scheme === undefined ? [] : [[name, scheme] as const];
  }),
].filter(([name, scheme]) => !scheme.selfDescribing && name !== 'plaintext');

/**
 * The schemes that a value which names none may be of, by shape alone: those first for which nothing is missing, and
 * none that needs a salt where there is no salt.
 */
export function candidatesFor(stored: StoredHash): readonly string[] {
  const missing = ({ needs = [] }: Scheme) => needs.filter((what) => stored[what] === undefined);
  const salted = ({ needs = [] }: Scheme) => needs.includes('salt');
  return NAMELESS.filter(
    ([, scheme]) => !missing(scheme).includes('salt') && scheme.parse(stored) !== undefined,
  )
    .map(([name, scheme]) => ({ name, missing: missing(scheme).length, salted: salted(scheme) }))
    .sort((one, other) => one.missing - other.missing || Number(other.salted) - Number(one.salted))
    .map(({ name }) => name);
}
