import { createHash } from 'node:crypto';
import type { Scheme } from '../scheme.ts';
import { comparedDigest } from './compared-digest.ts';

const DIGITS = { sha1: 40, sha256: 64, sha512: 128 } as const;

interface Layout {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly digest: keyof typeof DIGITS;
  /** Hexadecimal digits of the salt. */
  readonly saltDigits: number;
  /** Whether those digits are hashed as the text they are, or the bytes that they stand for. */
  readonly saltAs: 'utf8' | 'hex';
}

/** One hexadecimal text, salt first and digest behind it. Only its length tells, so configuration names it. */
export const saltInFront: readonly Scheme[] = [
  layout({
    name: 'macos10.6',
    aliases: ['macos10.4', 'macos10.5'],
    digest: 'sha1',
    saltDigits: 8,
    saltAs: 'hex',
  }),
  layout({ name: 'macos10.7', digest: 'sha512', saltDigits: 8, saltAs: 'hex' }),
  layout({ name: 'hmailserver', digest: 'sha256', saltDigits: 6, saltAs: 'utf8' }),
];

function layout({ name, aliases = [], digest, saltDigits, saltAs }: Layout): Scheme {
  const length = saltDigits + DIGITS[digest];
  return {
    name,
    aliases,
    selfDescribing: false,

    parse({ encoded }) {
      if (encoded.length !== length || !/^[0-9a-f]+$/i.test(encoded)) return undefined;
      const salt = Buffer.from(encoded.slice(0, saltDigits), saltAs);
      return comparedDigest({
        scheme: name,
        expected: Buffer.from(encoded.slice(saltDigits), 'hex'),
        compute: (password) => createHash(digest).update(salt).update(password).digest(),
        decoy: '0'.repeat(length),
      });
    },
  };
}
