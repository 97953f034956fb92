import { namedRecipes } from '../recipes/named.ts';
import type { Scheme, SchemeFamily } from '../scheme.ts';
import { argon2, argon2Secret } from './argon2.ts';
import { episerver, membership } from './aspnet-membership.ts';
import { bcrypt } from './bcrypt.ts';
import { cryptSchemes } from './crypt.ts';
import { devise } from './devise.ts';
import { fbscrypt, firebaseScrypt, firescrypt } from './firebase-scrypt.ts';
import { hashAndSalt } from './hash-and-salt.ts';
import { fshp, shiro1 } from './iterated-digest.ts';
import { keycloak } from './keycloak.ts';
import { kratos } from './kratos.ts';
import { macos } from './macos.ts';
import { magento2 } from './magento2.ts';
import { mediawiki } from './mediawiki.ts';
import { mssql } from './mssql.ts';
import { mysql41, mysql41Bare, mysql323 } from './mysql.ts';
import { ntlm } from './nt-hash.ts';
import { oracle11g, oracle11gBare } from './oracle.ts';
import { aspnetIdentity, pbkdf2 } from './pbkdf2/all.ts';
import { pbkdf2Columns } from './pbkdf2/columns.ts';
import { phpassSchemes } from './phpass.ts';
import { phpbb } from './phpbb.ts';
import { phps } from './phps.ts';
import { plaintext } from './plaintext.ts';
import { postgresMd5 } from './postgres-md5.ts';
import { saltedDigests } from './salted-digest/all.ts';
import { scram } from './scram.ts';
import { scrypt } from './scrypt/all.ts';
import { scryptColumns } from './scrypt/columns.ts';
import { lmhash, oracle10 } from './single-des.ts';
import { peoplesoft, umbraco } from './utf16-digest.ts';
import { woltlab } from './woltlab.ts';
import { wrappers } from './wrappers/all.ts';
import { xenforo } from './xenforo.ts';

const DATABASES: readonly Scheme[] = [
  mysql41,
  mysql41Bare,
  mysql323,
  postgresMd5,
  scram,
  oracle11g,
  oracle11gBare,
  oracle10,
  mssql,
];

const APPLICATIONS: readonly Scheme[] = [
  ntlm,
  lmhash,
  ...membership,
  aspnetIdentity,
  episerver,
  umbraco,
  peoplesoft,
  ...hashAndSalt,
  magento2,
  mediawiki,
  phps,
  phpbb,
  xenforo,
  woltlab,
  devise,
  argon2Secret,
  firebaseScrypt,
  firescrypt,
  fbscrypt,
  shiro1,
  fshp,
  ...macos,
];

/** What crypt(3) writes; LDAP servers put `{CRYPT}` in front of it. */
const CRYPT: readonly Scheme[] = [bcrypt, ...cryptSchemes];

const HASHED: readonly Scheme[] = [
  bcrypt,
  argon2,
  ...kratos,
  ...cryptSchemes,
  ...phpassSchemes,
  ...pbkdf2,
  ...scrypt,
  keycloak,
  ...saltedDigests,
  ...wrappers(CRYPT),
  ...DATABASES,
  ...APPLICATIONS,
  ...namedRecipes,
];

/** Every scheme there is. Prefixes are disjoint: no value is read by two that describe themselves. */
export const ALL_SCHEMES: readonly Scheme[] = [...HASHED, plaintext(HASHED)];

/** Schemes whose parameters stand in the name, since they do not stand in the row. */
export const SCHEME_FAMILIES: readonly SchemeFamily[] = [pbkdf2Columns, scryptColumns];
