import type { Scheme, SchemeFamily } from '../scheme.ts';
import { argon2 } from './argon2.ts';
import { bcrypt } from './bcrypt.ts';
import { digests } from './digest.ts';
import { keycloak } from './keycloak.ts';
import { pbkdf2 } from './pbkdf2/all.ts';
import { pbkdf2Columns } from './pbkdf2/columns.ts';
import { plaintext } from './plaintext.ts';
import { saltedDigests } from './salted-digest/all.ts';
import { scrypt } from './scrypt/all.ts';
import { scryptColumns } from './scrypt/columns.ts';
import { wrappers } from './wrappers/all.ts';

/** What crypt(3) writes; LDAP servers put `{CRYPT}` in front of it. */
const CRYPT: readonly Scheme[] = [bcrypt];

const HASHED: readonly Scheme[] = [
  ...CRYPT,
  argon2,
  ...digests,
  ...pbkdf2,
  ...scrypt,
  keycloak,
  ...saltedDigests,
  ...wrappers(CRYPT),
];

/** Every scheme there is. Prefixes are disjoint: no value is read by two that describe themselves. */
export const ALL_SCHEMES: readonly Scheme[] = [...HASHED, plaintext(HASHED)];

/** Schemes whose parameters stand in the name, since they do not stand in the row. */
export const SCHEME_FAMILIES: readonly SchemeFamily[] = [pbkdf2Columns, scryptColumns];
