import { md4 } from 'hash-wasm';
import type { Scheme } from '../scheme.ts';
import { comparedDigest } from './compared-digest.ts';
import { utf16le } from './password-text.ts';

const NAME = 'ntlm';
const WHOLE = /^[0-9a-f]{32}$/i;

/** The NT hash of Windows and Samba: MD4 over UTF-16. 32 digits name no scheme, so configuration does. */
export const ntlm: Scheme = {
  name: NAME,
  aliases: ['nt', 'nthash'],
  selfDescribing: false,

  parse({ encoded }) {
    if (!WHOLE.test(encoded)) return undefined;
    return comparedDigest({
      scheme: NAME,
      expected: Buffer.from(encoded, 'hex'),
      async compute(password) {
        const text = utf16le(password);
        return text === undefined ? undefined : Buffer.from(await md4(text), 'hex');
      },
      decoy: '0'.repeat(32),
    });
  },
};
