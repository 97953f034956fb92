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
  wrapping({
    name: 'django-bcrypt',
    about: {
      foundIn: 'Django with BCryptPasswordHasher: auth_user.password',
      example: 'bcrypt$$2b$12$abcdefghijklmnopqrstuu0sDWleciW5uGBGYwxpcgAsh9WK4bWNy',
    },
    prefix: /^bcrypt\$(?=\$2)/,
    inner: [bcrypt],
  }),
  wrapping({
    name: 'django-bcrypt-sha256',
    about: {
      foundIn: 'Django with BCryptSHA256PasswordHasher: auth_user.password',
      example: 'bcrypt_sha256$$2b$12$abcdefghijklmnopqrstuuuNrZ4CeoNrvGcIepBB1WStSdG4Wu4DG',
    },
    prefix: /^bcrypt_sha256\$(?=\$2)/,
    inner: [bcrypt],
    prepare: hexOfSha256,
  }),
  wrapping({
    name: 'django-argon2',
    about: {
      foundIn: 'Django 1.10 and later with Argon2PasswordHasher: auth_user.password',
      example:
        'argon2$argon2id$v=19$m=102400,t=2,p=8$AAECAwQFBgcICQoLDA0ODw$9r2Q5B3Kw40sZWsQMcU3Bnib7yAa26FRtBpMW1eSXlU',
    },
    prefix: /^argon2(?=\$argon2)/,
    inner: [argon2],
  }),
  wrapping({
    name: 'django-crypt',
    about: {
      foundIn: 'Django before 5.0 with CryptPasswordHasher: auth_user.password',
      example: 'crypt$$se4LZ1sej1L9M',
    },
    prefix: /^crypt\$\$/,
    inner: crypt,
  }),
  passlibBcryptSha256,
  wordpressBcrypt,
  // The number is the version of Nextcloud's hasher: bcrypt, argon2i, argon2id.
  wrapping({
    name: 'nextcloud',
    about: {
      foundIn: 'Nextcloud 11 and later, ownCloud: oc_users.password',
      example:
        '3|$argon2id$v=19$m=65536,t=4,p=1$AAECAwQFBgcICQoLDA0ODw$pUpSzNk5FnCcS+oqourcaU3oGYa7dwOEU7arpVp2XZ0',
    },
    prefix: /^[123]\|(?=\$)/,
    inner: [bcrypt, argon2],
  }),
  // Spring Security, and Dovecot's name for the same.
  wrapping({
    name: 'spring-bcrypt',
    about: {
      foundIn: 'Spring Security 5 and later, DelegatingPasswordEncoder; Dovecot',
      example: '{bcrypt}$2a$10$abcdefghijklmnopqrstuuGGgFFcYeueaAql8Z7U7CnCTRw4DR77W',
    },
    prefix: /^\{(?:bcrypt|BLF-CRYPT)\}/i,
    inner: [bcrypt],
  }),
  // OpenLDAP's `argon2` module, Dovecot and Spring Security.
  wrapping({
    name: 'ldap-argon2',
    about: {
      foundIn: 'OpenLDAP 2.5 and later with the argon2 module, Dovecot, Spring Security',
      example:
        '{ARGON2}$argon2id$v=19$m=7168,t=5,p=1$AAECAwQFBgcICQoLDA0ODw$8cZyfmGLYgTYc8avb2ZXWqFShr92bklhQdS/tplOl9k',
    },
    aliases: ['spring-argon2'],
    prefix: /^\{ARGON2(?:I|ID|@SpringSecurity_v5_8)?\}/i,
    inner: [argon2],
  }),
  wrapping({
    name: 'ldap-crypt',
    about: {
      foundIn: 'OpenLDAP, 389 Directory Server, Dovecot: userPassword',
      example:
        '{CRYPT}$6$seasalt$OsWdvzkZt1W1hsnEY//XBD8XrVe4xkh5EG/MIyPBFnS/tachtdRTVS8rOqDRZ4DLEFJ.Wa75YTCyJi/ymzZg71',
    },
    prefix: /^\{(?:CRYPT|(?:DES|MD5|SHA256|SHA512)-CRYPT|MD5(?=\}\$1\$))\}/i,
    inner: crypt,
  }),
  wrapping({
    name: 'spring-ldap',
    about: {
      foundIn: 'Spring Security 5 and later, LdapShaPasswordEncoder',
      example: '{ldap}{SSHA}8GtKwIkDxEWaKtR4ogDkfeN6r5zA/+4A',
    },
    prefix: /^\{ldap\}(?=\{)/,
    inner: [ldapDigest],
  }),
];
