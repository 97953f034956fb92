import { createHash } from 'node:crypto';
import type { Scheme } from '../scheme.ts';
import { comparedDigest } from './compared-digest.ts';

const DIGITS = { sha1: 40, sha512: 128 } as const;

const SALT_DIGITS = 8;

interface Layout {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly digest: keyof typeof DIGITS;
}

/** Mac OS X 10.4 to 10.7: one hexadecimal text, salt first. Only its length tells, so configuration names it. */
export const macos: readonly Scheme[] = [
  layout({
    name: 'macos10.6',
    aliases: ['macos10.4', 'macos10.5'],
    digest: 'sha1',
  }),
  layout({ name: 'macos10.7', digest: 'sha512' }),
];

function layout({ name, aliases = [], digest }: Layout): Scheme {
  const length = SALT_DIGITS + DIGITS[digest];
  return {
    name,
    aliases,
    selfDescribing: false,

    parse({ encoded }) {
      if (encoded.length !== length || !/^[0-9a-f]+$/i.test(encoded)) return undefined;
      const salt = Buffer.from(encoded.slice(0, SALT_DIGITS), 'hex');
      return comparedDigest({
        scheme: name,
        expected: Buffer.from(encoded.slice(SALT_DIGITS), 'hex'),
        compute: (password) => createHash(digest).update(salt).update(password).digest(),
        decoy: '0'.repeat(length),
      });
    },
  };
}
