import { createHmac, createSecretKey } from 'node:crypto';
import { judgePbkdf2 } from '../../judgement.ts';
import { LIMITS } from '../../limits.ts';
import { cryptScheme } from './crypt-scheme.ts';
import { encode64 } from './text.ts';

const WHOLE = /^\$sha1\$([1-9]\d{0,9})\$([./0-9A-Za-z]{1,64})\$([./0-9A-Za-z]{28})$/;

/** Six groups of three bytes; the last repeats byte 0, since 20 bytes do not fill it. */
const ORDER = [2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9, 14, 13, 12, 17, 16, 15, 0, 19, 18];

/** `$sha1$rounds$salt$hash`: NetBSD's; the reference is its `lib/libcrypt/crypt-sha1.c`. */
export const sha1crypt = cryptScheme({
  name: 'sha1crypt',
  about: {
    foundIn: 'NetBSD: /etc/master.passwd',
    example: '$sha1$24680$seasalt$nVpQAeL.gVwh0fbXLjkt8WaMnhru',
  },
  identifier: /^\$sha1\$/,
  read(encoded) {
    const [, roundsText, salt, text] = WHOLE.exec(encoded) ?? [];
    if (salt === undefined || text === undefined) return undefined;
    const rounds = Number(roundsText);
    const { maxRounds } = LIMITS.crypt.sha1;
    return {
      hash: text,
      parameters: { rounds },
      judgement: judgePbkdf2({ digest: 'sha1', iterations: rounds }),
      ...(rounds > maxRounds
        ? { outOfBounds: `sha1crypt's rounds are ${rounds}; verified are 1 to ${maxRounds}.` }
        : {}),
      cost: 0.002 * rounds,
      compute: (password) => encode64(compute(rounds, password, salt), ORDER),
    };
  },
});

function compute(rounds: number, password: Uint8Array, salt: string): Buffer {
  const key = createSecretKey(password);
  let digest = Buffer.from(`${salt}$sha1$${rounds}`, 'latin1');
  for (let round = 0; round < rounds; round += 1) {
    digest = createHmac('sha1', key).update(digest).digest();
  }
  return digest;
}
