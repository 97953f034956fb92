import type { Scheme } from '../scheme.ts';
import { DIGESTS } from './digests.ts';
import { recipeScheme } from './recipe-scheme.ts';

/**
 * The recipes that are listed by name: each digest alone, and with a salt on either side. Every other recipe is a
 * scheme as well, made on demand (`known-schemes.ts`).
 */
export const namedRecipes: readonly Scheme[] = [
  ...[...DIGESTS.keys()].flatMap((digest) => [
    named(`${digest}($pass)`, digest, ...(digest.startsWith('sha3_') ? [digest.replace('_', '-')] : [])),
    named(`${digest}($salt.$pass)`),
    named(`${digest}($pass.$salt)`),
  ]),
];

function named(recipe: string, ...aliases: readonly string[]): Scheme {
  return { ...recipeScheme(recipe, () => undefined), aliases };
}
