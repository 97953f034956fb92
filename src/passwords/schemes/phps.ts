import { createHash } from 'node:crypto';
import { judgeDigest } from '../judgement.ts';
import type { Scheme } from '../scheme.ts';
import { comparedDigest } from './compared-digest.ts';
import { damagedValue } from './damaged.ts';

const NAME = 'phps';
const WHOLE = /^\$PHPS\$((?:[0-9a-f]{2}){1,64})\$([0-9a-f]{32})$/;

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes);

/**
 * `$PHPS$`, the salt in hexadecimal, and the MD5 of the password's MD5 and the salt: how John the Ripper and hashcat
 * write one row of a PHP application.
 */
export const phps: Scheme = {
  name: NAME,
  about: {
    foundIn: 'rows of PHP applications, as John the Ripper and hashcat export them',
    example: '$PHPS$c0ffee$9bebaf821129067bd8cc718a4f6001b6',
  },
  selfDescribing: true,

  parse({ encoded }) {
    const [, salt, digest] = WHOLE.exec(encoded) ?? [];
    if (salt === undefined || digest === undefined) return undefined;
    return comparedDigest({
      scheme: NAME,
      parameters: { digest: 'md5' },
      judgement: judgeDigest({ digest: 'md5' }),
      expected: Buffer.from(digest, 'hex'),
      compute: (password) =>
        md5(Buffer.concat([Buffer.from(md5(password).digest('hex')), Buffer.from(salt, 'hex')])).digest(),
      decoy: `$PHPS$00$${'0'.repeat(32)}`,
    });
  },

  damage(encoded) {
    if (!encoded.startsWith('$PHPS$') || WHOLE.test(encoded)) return undefined;
    return damagedValue('$PHPS$', encoded);
  },
};
