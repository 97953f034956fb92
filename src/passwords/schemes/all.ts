import type { Scheme } from '../scheme.ts';
import { argon2 } from './argon2.ts';
import { bcrypt } from './bcrypt.ts';
import { digests } from './digest.ts';
import { keycloak } from './keycloak.ts';
import { pbkdf2 } from './pbkdf2/all.ts';
import { pbkdf2Columns } from './pbkdf2/columns.ts';
import { scrypt } from './scrypt/all.ts';
import { scryptColumns } from './scrypt/columns.ts';

/** Every scheme there is. Prefixes are disjoint: no value is read by two that describe themselves. */
export const ALL_SCHEMES: readonly Scheme[] = [bcrypt, argon2, ...digests, ...pbkdf2, ...scrypt, keycloak];

/** Makes a scheme from a name in lower case without blanks whose parameters stand in it; undefined for other names. */
export type SchemeFamily = (name: string) => Scheme | undefined;

/** Schemes whose parameters stand in the name, since they do not stand in the row. */
export const SCHEME_FAMILIES: readonly SchemeFamily[] = [pbkdf2Columns, scryptColumns];
