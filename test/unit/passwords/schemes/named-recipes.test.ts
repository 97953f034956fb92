import { expect, test } from 'vitest';
import { ALL_SCHEMES } from '../../../../src/passwords/schemes/all.ts';
import { NAMED_RECIPES } from '../../../../src/passwords/schemes/named-recipes.ts';

const namesOf = ({ name, aliases = [] }: { name: string; aliases?: readonly string[] }) => [name, ...aliases];

test('Recipes known by their software have names that no other recipe and no scheme has.', () => {
  const names = NAMED_RECIPES.flatMap(namesOf);
  expect(new Set(names).size).toBe(names.length);
  const others = ALL_SCHEMES.filter(({ name }) => !NAMED_RECIPES.some((recipe) => recipe.name === name));
  expect(names.filter((name) => others.flatMap(namesOf).includes(name))).toEqual([]);
});

test('Recipes known by their software hash the password, and say where they are found.', () => {
  for (const { name, recipe, foundIn } of NAMED_RECIPES) {
    expect(recipe, name).toContain('$pass');
    expect(foundIn, name).not.toBe('');
  }
});
