import fc from 'fast-check';
import { CHARSETS, type Credential } from '../../src/domain/credential.ts';
import { AUTO, findScheme, schemeNameFault } from '../../src/passwords/known-schemes.ts';
import { ALL_SCHEMES, SCHEME_FAMILIES } from '../../src/passwords/schemes/all.ts';
import { NAMED_RECIPES } from '../../src/passwords/schemes/named-recipes.ts';
import { anyPassword, anyText, damaged, mutations } from './mutations.ts';
import type { Probe } from './probe.ts';
import { readableBy, SEEDS, type Seed, seedsOf } from './seeds.ts';

/** Something that takes input from rows, people or configuration. */
export interface Target {
  readonly name: string;
  readonly probes: () => fc.Arbitrary<Probe>;
}

/** Any input for a scheme of this name, most of it nearly right. */
function rows(scheme: string, seeds: readonly Seed[]): fc.Arbitrary<Probe> {
  const part = (own: string | undefined) =>
    fc.oneof(
      { arbitrary: fc.constant(own), weight: 4 },
      { arbitrary: fc.constant(undefined), weight: 1 },
      { arbitrary: anyText, weight: 1 },
      { arbitrary: mutations.map((steps) => damaged(own ?? 'salt', steps)), weight: 1 },
    );
  const of = ({ credential, password }: Seed) =>
    fc
      .record({
        encoded: fc.oneof(
          { arbitrary: mutations.map((steps) => damaged(credential.encoded, steps)), weight: 9 },
          { arbitrary: anyText, weight: 1 },
        ),
        salt: part(credential.salt),
        username: part(credential.username),
        pepper: part(credential.pepper),
        charset: fc.oneof(
          { arbitrary: fc.constant('utf8' as const), weight: 4 },
          fc.constantFrom(...CHARSETS),
        ),
        password: fc.oneof(fc.constant(password), anyPassword),
      })
      .map(({ password, ...row }) => ({ credential: { ...present(row), scheme }, password }));
  // Made once a seed: most of the time of a run would go into making them for each input.
  const made = new Map<number, fc.Arbitrary<Probe>>();
  return fc.nat({ max: seeds.length - 1 }).chain((index) => {
    const rows = made.get(index) ?? of(seeds[index] as Seed);
    made.set(index, rows);
    return rows;
  });
}

type Row = { readonly [K in Exclude<keyof Credential, 'scheme'>]: Credential[K] | undefined } & {
  encoded: string;
};

const present = (row: Row): Omit<Credential, 'scheme'> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Omit<
    Credential,
    'scheme'
  >;

/** Names and recipes as configuration may misspell them; those that are read verify a row. */
function names(examples: readonly string[]): fc.Arbitrary<Probe> {
  return fc
    .tuple(
      fc.constantFrom(...examples),
      mutations,
      fc.constantFrom('', '', '', ' ', ')', '.$salt', '(', '$', "'", '\0'),
    )
    .map(([example, steps, more]) => {
      const scheme = damaged(example, steps) + more;
      // A fault is a sentence, not an exception, and of two questions both have the same answer.
      if ((schemeNameFault(scheme) === undefined) !== (scheme === AUTO || findScheme(scheme) !== undefined)) {
        throw new Error(`It is not clear whether there is a scheme called ${scheme}.`);
      }
      return rowOf(scheme);
    });
}

/** A row that the scheme reads, if any. */
function rowOf(scheme: string): Probe {
  const { credential, password } = readableBy(findScheme(scheme)) ?? (SEEDS[0] as Seed);
  return {
    credential: { salt: 'salt', username: 'Anna', pepper: 'pepper', ...credential, scheme },
    password,
  };
}

const term = fc.letrec<{ expression: string; call: string; leaf: string }>((tie) => ({
  leaf: fc.constantFrom(
    '$pass',
    '$salt',
    '$username',
    '$pepper',
    "'a'",
    '"b\\n"',
    '7',
    '1000',
    '250001',
    '$last',
    '',
  ),
  call: fc
    .tuple(
      fc.constantFrom(
        'md5',
        'sha1',
        'sha256_bin',
        'sha512',
        'hmac_sha1',
        'upper',
        'lower',
        'hex',
        'base64',
        'unhex',
        'unbase64',
        'utf16le',
        'latin1',
        'repeat',
        'braced',
        'pbkdf2_hmac_sha256',
        'bcrypt',
        'argon2id',
        'phpass',
        'cut',
        'md6',
        'sha3_256',
      ),
      fc.array(tie('expression'), { maxLength: 4 }),
    )
    .map(([name, args]) => `${name}(${args.join(',')})`),
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    tie('call'),
    fc.tuple(tie('expression'), tie('expression')).map((two) => two.join('.')),
  ),
})).expression;

const recipes = (): fc.Arbitrary<Probe> =>
  fc.oneof(names(NAMED_RECIPES.map(({ recipe }) => recipe)), term.map(rowOf));

const named = [...ALL_SCHEMES.map(({ name }) => name), ...NAMED_RECIPES.map(({ name }) => name)];
const families = SCHEME_FAMILIES.map(({ example }) => example);

/** Every scheme, every named recipe and every family, the choice by prefix, and the names themselves. */
export const TARGETS: readonly Target[] = [
  ...[...named, ...families].map((name) => ({ name, probes: () => rows(name, seedsOfName(name)) })),
  { name: AUTO, probes: () => rows(AUTO, SEEDS) },
  { name: 'names of schemes', probes: () => names([...named, ...families]) },
  { name: 'recipes', probes: recipes },
];

function seedsOfName(name: string): readonly Seed[] {
  const scheme = findScheme(name);
  if (scheme === undefined) throw new Error(`There is no scheme called ${name}.`);
  return seedsOf(scheme);
}
