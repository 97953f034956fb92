import { createHash } from 'node:crypto';
import { judgeDigest } from '../judgement.ts';
import type { Scheme } from '../scheme.ts';
import { comparedDigest } from './compared-digest.ts';
import { damagedValue } from './damaged.ts';

const NAME = 'mediawiki';
const UNSALTED = /^:A:([0-9a-f]{32})$/;
/** hashcat and John the Ripper write `$B$` for the same. */
const SALTED = /^(:B:|\$B\$)([^:$]{1,64})[:$]([0-9a-f]{32})$/;

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes);

/**
 * MediaWiki before 1.24: `:A:` is the MD5 of the password, `:B:` the MD5 of salt, hyphen and that MD5 in hexadecimal.
 * A value is never read as the other kind, whatever its salt looks like.
 */
export const mediawiki: Scheme = {
  name: NAME,
  about: {
    foundIn: 'MediaWiki before 1.24: user.user_password',
    example: ':B:c0ffee00:b4ac036b1eead98d4a5a56dda280adb2',
  },
  selfDescribing: true,

  parse({ encoded }) {
    const unsalted = UNSALTED.exec(encoded)?.[1];
    if (unsalted !== undefined) {
      return comparedDigest({
        scheme: NAME,
        parameters: { kind: 'A' },
        judgement: judgeDigest({ digest: 'md5' }),
        expected: Buffer.from(unsalted, 'hex'),
        compute: (password) => md5(password).digest(),
        decoy: `:A:${'0'.repeat(32)}`,
      });
    }
    const [, , salt, digest] = SALTED.exec(encoded) ?? [];
    if (salt === undefined || digest === undefined) return undefined;
    return comparedDigest({
      scheme: NAME,
      parameters: { kind: 'B' },
      judgement: judgeDigest({ digest: 'md5' }),
      expected: Buffer.from(digest, 'hex'),
      compute: (password) => md5(Buffer.from(`${salt}-${md5(password).digest('hex')}`)).digest(),
      decoy: `:B:decoy:${'0'.repeat(32)}`,
    });
  },

  damage(encoded) {
    const prefix = /^(?::[AB]:|\$B\$)/.exec(encoded)?.[0];
    if (prefix === undefined || mediawiki.parse({ encoded }) !== undefined) return undefined;
    return damagedValue(`${prefix} of MediaWiki`, encoded);
  },
};
