import type { Scheme } from '../scheme.ts';
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
