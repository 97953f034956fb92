import { createHash } from 'node:crypto';
import { judgeDigest } from '../judgement.ts';
import type { ParsedHash, Scheme } from '../scheme.ts';
import { comparedDigest } from './compared-digest.ts';
import { damagedValue } from './damaged.ts';

/** `spare4` of `SYS.USER$`; the other verifiers that may stand behind this one are of no interest. */
const NAMED = /^S:([0-9A-F]{60})(?:;H:[0-9A-F]{32})?(?:;T:[0-9A-F]{160})?;?$/;
const BARE = /^[0-9a-f]{60}$/i;
const DIGEST_DIGITS = 40;

/** Oracle 11g: SHA-1 of the password and ten random bytes, which stand behind the digest. */
export const oracle11g: Scheme = {
  name: 'oracle11g',
  aliases: ['oracle11'],
  about: {
    foundIn: 'Oracle Database 11g and later: SYS.USER$.SPARE4',
    example: 'S:62A0BF9DEE6C2F199377F519A57AC288471C2096C0FFEE00C0FFEE00C0FF',
  },
  selfDescribing: true,

  parse({ encoded }) {
    const digits = NAMED.exec(encoded)?.[1];
    return digits === undefined ? undefined : parsed('oracle11g', digits, 'S:');
  },

  damage(encoded) {
    if (!/^S:[0-9A-F]{20,}/.test(encoded) || NAMED.test(encoded)) return undefined;
    return damagedValue('S: of Oracle 11g', encoded);
  },
};

/** The same without `S:`, as some exports and applications keep it; only configuration can name it. */
export const oracle11gBare: Scheme = {
  name: 'oracle11g-bare',
  about: {
    foundIn: 'Oracle Database 11g and later, exported without S:',
    example: '62A0BF9DEE6C2F199377F519A57AC288471C2096C0FFEE00C0FFEE00C0FF',
  },
  selfDescribing: false,

  parse({ encoded }) {
    return BARE.test(encoded) ? parsed('oracle11g-bare', encoded, '') : undefined;
  },
};

function parsed(scheme: string, digits: string, prefix: string): ParsedHash {
  const salt = Buffer.from(digits.slice(DIGEST_DIGITS), 'hex');
  return comparedDigest({
    scheme,
    parameters: { digest: 'sha1' },
    judgement: judgeDigest({ digest: 'sha1' }),
    expected: Buffer.from(digits.slice(0, DIGEST_DIGITS), 'hex'),
    compute: (password) => createHash('sha1').update(password).update(salt).digest(),
    decoy: `${prefix}${'0'.repeat(60)}`,
  });
}
