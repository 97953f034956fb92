import { describe, expect, test } from 'vitest';
import { EXAMPLE } from '../../../../src/passwords/example.ts';
import { findScheme } from '../../../../src/passwords/known-schemes.ts';
import type { Scheme } from '../../../../src/passwords/scheme.ts';
import { ALL_SCHEMES, SCHEME_FAMILIES } from '../../../../src/passwords/schemes/all.ts';
import { cryptByLibxcrypt } from '../../../../src/passwords/schemes/crypt/libxcrypt.ts';
import { NAMED_RECIPES } from '../../../../src/passwords/schemes/named-recipes.ts';

const { password, ...beside } = EXAMPLE;
const found = (name: string) => {
  const scheme = findScheme(name);
  if (scheme === undefined) throw new Error(`There is no scheme ${name}.`);
  return scheme;
};

const named = NAMED_RECIPES.map(({ name }) => [name, found(name)] as const);
const everyScheme: (readonly [string, Scheme])[] = [
  ...ALL_SCHEMES.map((scheme) => [scheme.name, scheme] as const),
  ...named,
  ...SCHEME_FAMILIES.map(({ example }) => [example, found(example)] as const),
];
/** Milliseconds. What is dearer refuses other passwords in the vectors, with parameters that are cheap. */
const DEAR = 20;

/** Recognised, and verified where the machine has the library. */
const UNVERIFIABLE = new Set(
  cryptByLibxcrypt(Buffer.from('a'), '$y$j/.$..') === undefined ? ['yescrypt'] : [],
);

/** What stands beside the hash in the example's row, and nothing that the scheme does not name. */
const rowOf = ({ about, needs = [], takes = [] }: Scheme) => ({
  encoded: about.example,
  ...Object.fromEntries([...needs, ...takes].map((what) => [what, beside[what]])),
});

describe.each(everyScheme)('%s', (name, scheme) => {
  // Made once: the example of a family is computed when it is asked for.
  const row = rowOf(scheme);

  test('says where it is found, and has an example that it reads.', () => {
    expect(scheme.about.foundIn.length).toBeGreaterThan(8);
    const hash = scheme.parse(row);
    expect(hash?.scheme).toBe(scheme.name);
    if (!UNVERIFIABLE.has(name)) expect(hash?.outOfBounds).toBeUndefined();
  });

  test('needs what it says it needs, and no more.', () => {
    for (const what of scheme.needs ?? []) {
      const rest = Object.entries(row).filter(([column]) => column !== what);
      const hash = scheme.parse({ encoded: row.encoded, ...Object.fromEntries(rest) });
      expect(hash?.outOfBounds, what).toMatch(/needs/);
    }
  });

  test('says of its example how it was made, without a part of its salt or hash, and judges it.', () => {
    const hash = scheme.parse(row);
    for (const value of Object.values(hash?.parameters ?? {})) expect(String(value).length).toBeLessThan(20);
    expect(hash?.judgement.strength).toMatch(/^(?:strong|weak|broken)$/);
    if (hash?.judgement.strength !== 'strong') expect(hash?.judgement.reason).toBeTruthy();
  });

  test.skipIf(UNVERIFIABLE.has(name))(
    'has an example that is of the made-up password.',
    { timeout: 30_000 },
    async () => {
      const hash = scheme.parse(row);
      expect(await hash?.verify(Buffer.from(password))).toBe(true);
      if ((hash?.cost ?? 0) > DEAR) return;
      expect(await hash?.verify(Buffer.from('Xorrect horse battery staple'))).toBe(false);
    },
  );
});
