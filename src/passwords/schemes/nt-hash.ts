import { judgeDigest } from '../judgement.ts';
import { md4 } from '../md4.ts';
import type { Scheme } from '../scheme.ts';
import { comparedDigest } from './compared-digest.ts';
import { utf16le } from './password-text.ts';

const NAME = 'ntlm';
const WHOLE = /^[0-9a-f]{32}$/i;

/** The NT hash of Windows and Samba: MD4 over UTF-16. 32 digits name no scheme, so configuration does. */
export const ntlm: Scheme = {
  name: NAME,
  aliases: ['nt', 'nthash'],
  about: {
    foundIn: 'Windows and Samba: sambaNTPassword, smbpasswd, Active Directory dumps',
    example: '1b9d5effd34ac283c8efe2eacaea8bbc',
  },
  selfDescribing: false,

  parse({ encoded }) {
    if (!WHOLE.test(encoded)) return undefined;
    return comparedDigest({
      scheme: NAME,
      parameters: { digest: 'md4' },
      judgement: judgeDigest({ digest: 'md4' }),
      expected: Buffer.from(encoded, 'hex'),
      compute(password) {
        const text = utf16le(password);
        return text === undefined ? undefined : md4(text);
      },
      decoy: '0'.repeat(32),
    });
  },
};
