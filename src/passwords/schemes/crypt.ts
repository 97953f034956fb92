import type { ParsedHash, Scheme, StoredHash } from '../scheme.ts';
import { bcrypt } from './bcrypt.ts';
import { bigcrypt, bsdicrypt, descrypt } from './crypt/descrypt.ts';
import { apr1, md5crypt } from './crypt/md5crypt.ts';
import { crypt3Nt } from './crypt/nt.ts';
import { scrypt7 } from './crypt/scrypt7.ts';
import { sha256crypt, sha512crypt } from './crypt/sha-crypt.ts';
import { sha1crypt } from './crypt/sha1crypt.ts';
import { sunmd5 } from './crypt/sunmd5.ts';
import { yescrypt } from './crypt/yescrypt.ts';

/** The formats of crypt(3), apart from bcrypt. */
export const cryptSchemes: readonly Scheme[] = [
  md5crypt,
  apr1,
  sha256crypt,
  sha512crypt,
  sha1crypt,
  sunmd5,
  crypt3Nt,
  scrypt7,
  yescrypt,
  bsdicrypt,
  descrypt,
  bigcrypt,
];

/** Whatever has no identifier is DES to crypt(3), so that the two without one come last, the shorter first. */
const WHAT_CRYPT_READS = [bcrypt, ...cryptSchemes];

/**
 * Reads a value as crypt(3) would, for formats that put their own name before one, such as LDAP's `{CRYPT}`.
 *
 * @returns undefined when crypt(3) would not know it; the scheme in the answer is that of the inner value
 */
export function parseCrypt(stored: StoredHash): ParsedHash | undefined {
  for (const scheme of WHAT_CRYPT_READS) {
    const hash = scheme.parse(stored);
    if (hash !== undefined) return hash;
  }
  return undefined;
}

/** What is wrong with a value that names a format of crypt(3) and is not whole. */
export function cryptDamage(encoded: string): string | undefined {
  for (const scheme of WHAT_CRYPT_READS) {
    const damage = scheme.damage?.(encoded);
    if (damage !== undefined) return damage;
  }
  return undefined;
}
