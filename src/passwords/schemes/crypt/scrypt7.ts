import { scryptSync } from 'node:crypto';
import { judgeScrypt } from '../../judgement.ts';
import { LIMITS } from '../../limits.ts';
import { cryptScheme } from './crypt-scheme.ts';
import { decodeNumber, encode64, valueOfCharacter } from './text.ts';

const NAME = 'scrypt-crypt';
const WHOLE =
  /^\$7\$([./0-9A-Za-z])([./0-9A-Za-z]{5})([./0-9A-Za-z]{5})([./0-9A-Za-z]*)\$([./0-9A-Za-z]{42}[./0-9A-D])$/;
const HASH_BYTES = 32;

/**
 * `$7$`, one character for log2 N, five for r and five for p, then salt and hash: scrypt as libxcrypt and libsodium
 * write it; the reference is libxcrypt's `crypt-scrypt.c`. The salt is used as text, not decoded.
 */
export const scrypt7 = cryptScheme({
  name: NAME,
  about: {
    foundIn: 'libxcrypt and libsodium: /etc/shadow, crypto_pwhash_scryptsalsa208sha256_str',
    example: '$7$CU..../....seasalt$1QvXLmbqifqHNDIAbL3ZDBbv04QGMYN0KsSbK2QZRc0',
  },
  identifier: /^\$7\$/,
  read(encoded) {
    const [, log2Text, rText, pText, salt, text] = WHOLE.exec(encoded) ?? [];
    if (!log2Text || !rText || !pText || salt === undefined || text === undefined) return undefined;
    const [log2, r, p] = [valueOfCharacter(log2Text), decodeNumber(rText), decodeNumber(pText)];
    const outOfBounds = faultOf(log2, r, p);
    return {
      hash: text,
      parameters: { N: 2 ** log2, r, p },
      judgement: judgeScrypt({ N: 2 ** log2, r, p }),
      ...(outOfBounds === undefined ? {} : { outOfBounds }),
      cost: 0.0003 * 2 ** log2 * r * p,
      compute: (password) =>
        encode64(
          scryptSync(password, Buffer.from(salt, 'latin1'), HASH_BYTES, {
            N: 2 ** log2,
            r,
            p,
            // OpenSSL counts the work area and the blocks.
            maxmem: 128 * r * (2 ** log2 + p + 2),
          }),
        ),
    };
  },
});

function faultOf(log2: number, r: number, p: number): string | undefined {
  const { minLog2, maxLog2, maxBytes, maxWork } = LIMITS.crypt.scrypt;
  if (log2 < minLog2 || log2 > maxLog2) {
    return `scrypt's N is 2^${log2}; verified are 2^${minLog2} to 2^${maxLog2}.`;
  }
  if (r < 1 || 128 * r * 2 ** log2 > maxBytes) {
    return `scrypt's r is ${r} with N 2^${log2}; verified is what needs up to ${maxBytes / 2 ** 20} MiB.`;
  }
  if (p < 1 || 2 ** log2 * r * p > maxWork) {
    return `scrypt's p is ${p} with N 2^${log2} and r ${r}; verified is N r p up to ${maxWork}.`;
  }
  return undefined;
}
