import { createHash } from 'node:crypto';
import type { Scheme } from '../../scheme.ts';
import { argon2 } from '../argon2.ts';
import { bcrypt } from '../bcrypt.ts';
import { ldapDigest } from '../salted-digest/all.ts';
import { passlibBcryptSha256 } from './passlib-bcrypt-sha256.ts';
import { wordpressBcrypt } from './wordpress-bcrypt.ts';
import { wrapping } from './wrap.ts';

const hexOfSha256 = (password: Uint8Array) =>
  Buffer.from(createHash('sha256').update(password).digest('hex'));

/**
 * Formats that put a prefix in front of another format's value.
 *
 * @param crypt what crypt(3) may have written behind `{CRYPT}` and `crypt$$`, in schemes whose values are disjoint
 */
export const wrappers = (crypt: readonly Scheme[]): readonly Scheme[] => [
  wrapping({ name: 'django-bcrypt', prefix: /^bcrypt\$(?=\$2)/, inner: [bcrypt] }),
  wrapping({
    name: 'django-bcrypt-sha256',
    prefix: /^bcrypt_sha256\$(?=\$2)/,
    inner: [bcrypt],
    prepare: hexOfSha256,
  }),
  wrapping({ name: 'django-argon2', prefix: /^argon2(?=\$argon2)/, inner: [argon2] }),
  wrapping({ name: 'django-crypt', prefix: /^crypt\$\$/, inner: crypt }),
  passlibBcryptSha256,
  wordpressBcrypt,
  // The number is the version of Nextcloud's hasher: bcrypt, argon2i, argon2id.
  wrapping({ name: 'nextcloud', prefix: /^[123]\|(?=\$)/, inner: [bcrypt, argon2] }),
  // Spring Security, and Dovecot's name for the same.
  wrapping({ name: 'spring-bcrypt', prefix: /^\{(?:bcrypt|BLF-CRYPT)\}/i, inner: [bcrypt] }),
  // OpenLDAP's `argon2` module, Dovecot and Spring Security.
  wrapping({
    name: 'ldap-argon2',
    aliases: ['spring-argon2'],
    prefix: /^\{ARGON2(?:I|ID|@SpringSecurity_v5_8)?\}/i,
    inner: [argon2],
  }),
  wrapping({
    name: 'ldap-crypt',
    prefix: /^\{(?:CRYPT|(?:DES|MD5|SHA256|SHA512)-CRYPT)\}/i,
    inner: crypt,
  }),
  wrapping({ name: 'spring-ldap', prefix: /^\{ldap\}(?=\{)/, inner: [ldapDigest] }),
];
