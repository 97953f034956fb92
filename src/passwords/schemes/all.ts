import { namedRecipes } from '../recipes/named.ts';
import type { Scheme } from '../scheme.ts';
import { argon2 } from './argon2.ts';
import { bcrypt } from './bcrypt.ts';
import { cryptSchemes } from './crypt.ts';
import { phpassSchemes } from './phpass.ts';

/** Every scheme there is. Prefixes are disjoint: no value is read by two that describe themselves. */
export const ALL_SCHEMES: readonly Scheme[] = [
  bcrypt,
  argon2,
  ...cryptSchemes,
  ...phpassSchemes,
  ...namedRecipes,
];
