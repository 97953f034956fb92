import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { identify } from '../../../src/passwords/identify/identify.ts';
import { cryptByLibxcrypt } from '../../../src/passwords/schemes/crypt/libxcrypt.ts';

interface KnownAnswer {
  readonly scheme: string;
  readonly about: string;
  readonly passwordHex: string;
  readonly encoded: string;
  readonly salt?: string;
  readonly username?: string;
  readonly pepper?: string;
  readonly matches: boolean;
  readonly lossy?: boolean;
  /** No scheme may read it. */
  readonly damaged?: boolean;
}

const vectors = (name: string) => {
  const file = new URL(`../../vectors/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { entries: KnownAnswer[] }).entries;
};

/** What only the library of some machines computes. */
const NEEDS: Record<string, boolean> = {
  yescrypt: cryptByLibxcrypt(Buffer.from('a'), '$gy$j/.$..') !== undefined,
};

describe.each([
  'bcrypt',
  'argon2',
  'crypt',
  'yescrypt',
  'phpass',
  'digests',
  'recipes',
  'databases',
  'applications',
  'kdf',
  'wrappers',
  'kratos',
  'passlib',
  'ldap',
  'dovecot',
  'postgres',
])('Known answers made by foreign software: %s', (name) => {
  test.runIf(NEEDS[name] ?? true).each(vectors(name))(
    '$about: matches $matches',
    async ({ passwordHex, matches, lossy, damaged, ...credential }) => {
      const identified = identify(credential);
      if (damaged) return expect(identified.kind).not.toBe('readable');
      if (identified.kind !== 'readable') throw new Error(`The value was not read: ${identified.kind}`);
      const password = Buffer.from(passwordHex, 'hex');
      expect(await identified.hash.verify(password)).toBe(matches);
      if (matches) expect(identified.hash.lossy(password)).toBe(lossy ?? false);
      return undefined;
    },
  );
});
