import { BYTE_MILLISECONDS } from '../../cost.ts';
import { digestOf } from '../../digest.ts';
import { judgeDigest } from '../../judgement.ts';
import type { About } from '../../scheme.ts';
import { type CryptValue, cryptScheme } from './crypt-scheme.ts';
import { mixRounds, stretched } from './rounds.ts';
import { encode64 } from './text.ts';

const ROUNDS = 1000;

/** The order of the digest's bytes in the text. */
export const MD5_ORDER = [12, 6, 0, 13, 7, 1, 14, 8, 2, 15, 9, 3, 5, 10, 4, 11];

const md5 = (...parts: readonly Uint8Array[]) => digestOf('md5', Buffer.concat(parts));

/** `$1$salt$hash`: md5crypt of FreeBSD, Linux and Cisco routers. */
export const md5crypt = scheme(
  'md5crypt',
  '$1$',
  {
    foundIn: 'FreeBSD, Linux before 2008, Cisco IOS: /etc/shadow',
    example: '$1$seasalt$80WSRByI0.i7ReXf28jvY0',
  },
  /^\$1\$([!-#%-9;-~]{0,8})\$([./0-9A-Za-z]{21}[./01])$/,
);

/** `$apr1$salt$hash`: the same in Apache's htpasswd, with its own identifier mixed in. */
export const apr1 = scheme(
  'apr1',
  '$apr1$',
  {
    foundIn: 'htpasswd of Apache and nginx',
    example: '$apr1$seasalt$UGXELLsHMUQUdECtuyy3M1',
  },
  /^\$apr1\$([!-#%-9;-~]{0,8})\$([./0-9A-Za-z]{21}[./01])$/,
);

function scheme(name: string, identifier: string, about: About, whole: RegExp) {
  return cryptScheme({
    name,
    about,
    identifier: name === 'apr1' ? /^\$apr1\$/ : /^\$1\$/,
    read(encoded): CryptValue | undefined {
      const [, saltText, text] = whole.exec(encoded) ?? [];
      if (saltText === undefined || text === undefined) return undefined;
      const salt = Buffer.from(saltText, 'latin1');
      return {
        hash: text,
        salt: saltText,
        parameters: { rounds: ROUNDS },
        judgement: judgeDigest({ digest: 'md5', rounds: ROUNDS }),
        cost: 0.5,
        costOfByte: BYTE_MILLISECONDS * ROUNDS,
        compute: (password) => compute(password, salt, Buffer.from(identifier, 'latin1')),
      };
    },
  });
}

/** Poul-Henning Kamp's algorithm; the reference is FreeBSD's `lib/libcrypt/crypt-md5.c`. */
function compute(password: Uint8Array, salt: Uint8Array, identifier: Uint8Array): string {
  const inner = md5(password, salt, password);
  const parts: Uint8Array[] = [password, identifier, salt, stretched(inner, password.length)];
  // One byte for each bit of the length: a zero for a one, and the password's first byte for a zero.
  for (let bits = password.length; bits > 0; bits >>= 1) {
    parts.push(bits & 1 ? Uint8Array.of(0) : password.subarray(0, 1));
  }
  return encode64(mixRounds('md5', ROUNDS, md5(...parts), password, salt), MD5_ORDER);
}
