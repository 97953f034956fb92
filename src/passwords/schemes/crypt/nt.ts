import { md4 } from 'hash-wasm';
import { judgeDigest } from '../../judgement.ts';
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
      compute: (password) =>
        md4(
          Uint8Array.from({ length: 2 * password.length }, (_, at) => (at & 1 ? 0 : (password[at / 2] ?? 0))),
        ),
    };
  },
});
