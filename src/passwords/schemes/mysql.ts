import { createHash } from 'node:crypto';
import { broken, judgeDigest } from '../judgement.ts';
import type { Scheme } from '../scheme.ts';
import { comparedDigest } from './compared-digest.ts';
import { damagedValue } from './damaged.ts';

const NAMED = /^\*[0-9a-f]{40}$/i;
const BARE = /^[0-9a-f]{40}$/i;

const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest();

/** `PASSWORD()` of MySQL 4.1 to 5.7 and MariaDB: an asterisk and the SHA-1 of the SHA-1. */
export const mysql41: Scheme = {
  name: 'mysql41',
  aliases: ['mysql-password', 'mysql_native_password', 'password()'],
  about: {
    foundIn:
      'MySQL 4.1 to 5.7 and MariaDB: mysql.user.authentication_string, and what PASSWORD() wrote into a table',
    example: '*F4AF2E5D85456A908E0F552F0366375B06267295',
  },
  selfDescribing: true,

  parse({ encoded }) {
    return NAMED.test(encoded) ? doubleSha1('mysql41', encoded.slice(1), '*') : undefined;
  },

  damage(encoded) {
    if (!/^\*[0-9a-f]{8,}$/i.test(encoded) || NAMED.test(encoded)) return undefined;
    return damagedValue('PASSWORD() of MySQL', encoded);
  },
};

/** The same where the application left the asterisk out; 40 digits name no scheme, so configuration does. */
export const mysql41Bare: Scheme = {
  name: 'mysql41-bare',
  about: {
    foundIn: 'applications that cut the asterisk off PASSWORD(), or take SHA1(UNHEX(SHA1(...)))',
    example: 'f4af2e5d85456a908e0f552f0366375b06267295',
  },
  selfDescribing: false,

  parse({ encoded }) {
    return BARE.test(encoded) ? doubleSha1('mysql41-bare', encoded, '') : undefined;
  },
};

const doubleSha1 = (scheme: string, hex: string, prefix: string) =>
  comparedDigest({
    scheme,
    parameters: { digest: 'sha1', rounds: 2 },
    judgement: judgeDigest({ digest: 'sha1', rounds: 2 }),
    expected: Buffer.from(hex, 'hex'),
    compute: (password) => sha1(sha1(password)),
    decoy: `${prefix}${'0'.repeat(40)}`,
  });

/** Both halves have 31 bits, so digits 1 and 9 are never above 7. */
const OLD = /^[0-7][0-9a-f]{7}[0-7][0-9a-f]{7}$/i;
const BLANK = 0x20;
const TAB = 0x09;

/** `OLD_PASSWORD()`, which is `PASSWORD()` before MySQL 4.1. It steps over blanks and tabs, wherever they are. */
export const mysql323: Scheme = {
  name: 'mysql323',
  aliases: ['mysql-old-password', 'old_password()'],
  about: {
    foundIn: 'MySQL before 4.1 and OLD_PASSWORD(): mysql.user.Password',
    example: '3c814ebd0491233c',
    ignores: 'blanks and tabs, wherever they are',
  },
  selfDescribing: false,

  parse({ encoded }) {
    if (!OLD.test(encoded)) return undefined;
    return comparedDigest({
      scheme: 'mysql323',
      parameters: {},
      judgement: broken('OLD_PASSWORD() has 62 bits and no salt: a password is found in seconds'),
      expected: Buffer.from(encoded, 'hex'),
      compute: oldPassword,
      lossy: (password) => password.includes(BLANK) || password.includes(TAB),
      decoy: '0'.repeat(16),
    });
  },
};

/** `hash_password` of MySQL's `sql/password.c`. Bits only ever move upwards, so 32 of its 64 are enough. */
function oldPassword(password: Uint8Array): Buffer {
  let [first, second, sum] = [1345345333, 0x12345671, 7];
  for (const byte of password) {
    if (byte === BLANK || byte === TAB) continue;
    first = (first ^ (((first & 63) + sum) * byte + (first << 8))) >>> 0;
    second = (second + ((second << 8) ^ first)) >>> 0;
    sum += byte;
  }
  const hash = Buffer.alloc(8);
  hash.writeUInt32BE(first & 0x7fffffff, 0);
  hash.writeUInt32BE(second & 0x7fffffff, 4);
  return hash;
}
