import { judgeDigest } from '../../judgement.ts';
import { md4 } from '../../md4.ts';
import { cryptScheme } from './crypt-scheme.ts';

const WHOLE = /^\$3\$\$([0-9a-f]{32})$/;

/**
 * `$3$$` and the NT hash: FreeBSD and libxcrypt (`crypt-nthash.c`). They put a zero byte after each byte of the
 * password instead of translating it to UTF-16, so that only for ASCII it is the hash that Windows has.
 */
export const crypt3Nt = cryptScheme({
  name: 'nt-crypt',
  about: {
    foundIn: 'FreeBSD with passwd_format=nthash, libxcrypt',
    example: '$3$$1b9d5effd34ac283c8efe2eacaea8bbc',
  },
  identifier: /^\$3\$/,
  read(encoded) {
    const text = WHOLE.exec(encoded)?.[1];
    if (text === undefined) return undefined;
    return {
      hash: text,
      judgement: judgeDigest({ digest: 'md4' }),
      zero: '0',
      cost: 0.02,
      compute(password) {
        const spread = Buffer.alloc(2 * password.length);
        for (const [index, byte] of password.entries()) spread[2 * index] = byte;
        return md4(spread).toString('hex');
      },
    };
  },
});
