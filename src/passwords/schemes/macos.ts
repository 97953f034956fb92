import { createHash } from 'node:crypto';
import { judgeDigest } from '../judgement.ts';
import type { About, Scheme } from '../scheme.ts';
import { comparedDigest } from './compared-digest.ts';

const DIGITS = { sha1: 40, sha512: 128 } as const;

const SALT_DIGITS = 8;

interface Layout {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly about: About;
  readonly digest: keyof typeof DIGITS;
}

/** Mac OS X 10.4 to 10.7: one hexadecimal text, salt first. Only its length tells, so configuration names it. */
export const macos: readonly Scheme[] = [
  layout({
    name: 'macos10.6',
    aliases: ['macos10.4', 'macos10.5'],
    about: {
      foundIn: 'Mac OS X 10.4 to 10.6: /var/db/shadow/hash',
      example: 'C0FFEE009AED2DBE3B4BF354BF26F84821A498E144E5A73F',
    },
    digest: 'sha1',
  }),
  layout({
    name: 'macos10.7',
    about: {
      foundIn: 'Mac OS X 10.7: ShadowHashData',
      example:
        'c0ffee00cbe1403ca1c0be344c61df5bcd2a4045fcd4c6063002e7f9f28cfa3231971364c58fc00e463d411ae5cb44bf42793140f49e56e75e313df3803663b05f0a4449',
    },
    digest: 'sha512',
  }),
];

function layout({ name, aliases = [], about, digest }: Layout): Scheme {
  const length = SALT_DIGITS + DIGITS[digest];
  return {
    name,
    aliases,
    about,
    selfDescribing: false,

    parse({ encoded }) {
      if (encoded.length !== length || !/^[0-9a-f]+$/i.test(encoded)) return undefined;
      const salt = Buffer.from(encoded.slice(0, SALT_DIGITS), 'hex');
      return comparedDigest({
        scheme: name,
        parameters: { digest },
        judgement: judgeDigest({ digest }),
        expected: Buffer.from(encoded.slice(SALT_DIGITS), 'hex'),
        compute: (password) => createHash(digest).update(salt).update(password).digest(),
        decoy: '0'.repeat(length),
      });
    },
  };
}
