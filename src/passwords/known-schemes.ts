import { LIMITS } from './limits.ts';
import { RecipeError, renderRecipeError } from './recipes/recipe-error.ts';
import { recipeScheme } from './recipes/recipe-scheme.ts';
import type { Scheme } from './scheme.ts';
import { ALL_SCHEMES, SCHEME_FAMILIES } from './schemes/all.ts';
import { NAMED_RECIPES } from './schemes/named-recipes.ts';

/** Leaves the choice to the prefix of each row. */
export const AUTO = 'auto';

const BY_NAME = new Map(
  ALL_SCHEMES.flatMap((scheme) =>
    [scheme.name, ...(scheme.aliases ?? [])].map((name) => [normalise(name), scheme]),
  ),
);

const RECIPE_BY_NAME = new Map(
  NAMED_RECIPES.flatMap((named) =>
    [named.name, ...(named.aliases ?? [])].map((known) => [normalise(known), named]),
  ),
);

/** argon2 has a function for each of its kinds, since that is how people know them; the row says which it is. */
const OUTERMOST_NAMES = new Map(['argon2i', 'argon2d', 'argon2id'].map((name) => [name, 'argon2']));

/** Recipes that were asked for, by the text that asked: each thread compiles a recipe once. */
const compiled = new Map<string, Scheme>();

/**
 * The scheme of this name or alias, or the recipe that the name spells; case and blanks do not matter, so
 * `MD5($salt . $pass)` is found.
 *
 * @returns undefined when there is none; also for `auto`, which is not one scheme
 */
export function findScheme(name: string): Scheme | undefined {
  const found = read(name);
  return found instanceof RecipeError ? undefined : found;
}

/** True when a credential's `scheme` may be called this; anything else is an error of the configuration. */
export const isKnownScheme = (name: string): boolean => name === AUTO || findScheme(name) !== undefined;

/**
 * What is wrong with the name of a scheme, for a message: a caret under the place when it looks like a recipe,
 * otherwise the names there are.
 *
 * @returns undefined when a credential's `scheme` may be called this
 */
export function schemeNameFault(name: string): string | undefined {
  if (isKnownScheme(name)) return undefined;
  const found = read(name);
  if (found instanceof RecipeError && /[($]/.test(name)) {
    return `this recipe cannot be read: ${renderRecipeError(name, found)}`;
  }
  return `there is no such scheme; schemes: ${schemeNames().join(', ')}, or a recipe such as md5(md5($pass).$salt)`;
}

/** What a credential's `scheme` may be called, `auto` first and a family by its example; for messages and documentation. */
export const schemeNames = (): readonly string[] => [
  AUTO,
  ...ALL_SCHEMES.map(({ name }) => name),
  ...NAMED_RECIPES.map(({ name }) => name),
  ...SCHEME_FAMILIES.map(({ example }) => example),
];

function read(name: string): Scheme | RecipeError {
  const normal = normalise(name);
  const known = BY_NAME.get(normal) ?? compiled.get(name);
  if (known !== undefined) return known;
  for (const family of SCHEME_FAMILIES) {
    const made = family.find(normal);
    if (made !== undefined) return made;
  }
  try {
    const named = RECIPE_BY_NAME.get(normal);
    const scheme = recipeScheme(named?.recipe ?? name, findOutermost, named);
    if (compiled.size >= LIMITS.recipe.compiled) compiled.clear();
    compiled.set(name, scheme);
    return scheme;
  } catch (error) {
    if (error instanceof RecipeError) return error;
    throw error;
  }
}

function findOutermost(name: string): Scheme | undefined {
  const scheme = BY_NAME.get(OUTERMOST_NAMES.get(name) ?? name);
  return scheme?.selfDescribing ? scheme : undefined;
}

function normalise(name: string): string {
  return name.replaceAll(/\s/g, '').toLowerCase();
}
