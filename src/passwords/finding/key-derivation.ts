import { pbkdf2Sync } from 'node:crypto';
import { findScheme } from '../known-schemes.ts';
import { LIMITS } from '../limits.ts';
import { confirmed, type Reading } from './confirm.ts';
import type { Group } from './group.ts';
import type { Job, Search } from './job.ts';
import { found } from './product.ts';
import { spellTarget } from './target.ts';
import { agreeing, plainest, type Term } from './term.ts';

type Digest = 'sha1' | 'sha256' | 'sha512';

/** Iterations that frameworks and tutorials use. */
const FEW_ITERATIONS = [
  1, 2, 10, 20, 64, 100, 128, 250, 256, 500, 512, 999, 1000, 1001, 1024, 2000, 2048, 2500, 3000, 4000, 4096,
  5000, 6400, 8000, 8192, 10_000, 10_001, 12_000,
];
/** What is more than most waited for with that digest is left out. */
const MANY_ITERATIONS: Readonly<Record<Digest, readonly number[]>> = {
  sha1: [20_000, 25_000, 50_000, 100_000, 15_000, 16_384, 32_768, 40_000, 64_000, 65_536],
  sha256: [
    20_000, 25_000, 50_000, 100_000, 15_000, 16_384, 24_000, 27_500, 30_000, 32_768, 36_000, 40_000, 60_000,
    64_000, 65_536, 80_000, 120_000, 150_000, 180_000, 200_000, 210_000, 260_000, 310_000, 600_000,
  ],
  sha512: [20_000, 25_000, 50_000, 100_000, 15_000, 16_384, 30_000, 32_768, 40_000, 65_536, 120_000, 210_000],
};
const DIGESTS: readonly Digest[] = ['sha1', 'sha256', 'sha512'];
const MILLISECONDS_OF_1000 = 0.3;
const MOST_PASSES = 3;

/** PBKDF2 with its parameters in the code of the legacy app; the key is as long as the value. */
export function pbkdf2Job(
  search: Search,
  group: Group,
  passes: readonly Term[],
  amount: 'few' | 'many',
): Job {
  const tries = DIGESTS.flatMap((digest) =>
    (amount === 'many' ? MANY_ITERATIONS[digest] : FEW_ITERATIONS).map((iterations) => ({
      iterations,
      digest,
    })),
  ).sort((one, other) => one.iterations - other.iterations);
  const pairs = passes
    .slice(0, amount === 'many' ? 1 : MOST_PASSES)
    .flatMap((pass) => plainest(group.salts).map((salt) => ({ pass, salt })));
  const average = tries.reduce((sum, { iterations }) => sum + iterations, 0) / tries.length;
  const isKey = group.bytes >= LIMITS.pbkdf2.keyBytes.min;
  return {
    rows: isKey && pairs.length > 0 ? tries.length : 0,
    width: pairs.length,
    milliseconds: (pairs.length * MILLISECONDS_OF_1000 * average) / 1000,
    async run(from, to) {
      const readings: Reading[] = [];
      for (const { iterations, digest } of tries.slice(from, to)) {
        for (const { pass, salt } of pairs) {
          if (search.isStopped()) return [];
          const key = pbkdf2Sync(pass.bytes, salt.bytes, iterations, group.bytes, digest);
          for (const target of group.targets.filter((one) => one.digest.equals(key))) {
            readings.push(...spelled(target, [pass, salt], digest, iterations));
          }
        }
      }
      const all = readings.flatMap((reading) => [reading, ...asFamily(reading)]);
      return await found(search, all);
    },
  };
}

function spelled(
  target: Group['targets'][number],
  terms: readonly Term[],
  digest: string,
  iterations: number,
): Reading[] {
  const length = target.digest.length;
  const spellings = agreeing(terms, ([pass = '', salt = '']) =>
    spellTarget(target, `pbkdf2_hmac_${digest}(${pass}, ${salt}, ${iterations}, ${length})`),
  );
  return spellings.map(({ text: scheme, ...of }) => ({ column: target.column, scheme, ...of }));
}

/** The family's name takes more iterations than a recipe may have. */
function asFamily(reading: Reading): Reading[] {
  if (findScheme(reading.scheme) !== undefined) return [];
  const parts =
    /^pbkdf2_hmac_(\w+)\(\$pass, (\$salt|unhex\(\$salt\)|unbase64\(\$salt\)), (\d+), (\d+)\)$/.exec(
      reading.scheme,
    );
  if (parts === null) return [];
  const [, digest, salt = '', iterations, length] = parts;
  const form = salt === '$salt' ? 'text' : salt.startsWith('unhex') ? 'hex' : 'base64';
  return [{ ...reading, scheme: `pbkdf2-${digest}(iterations=${iterations},length=${length},salt=${form})` }];
}

/** N, r, p: what libraries take where nobody says more. Larger ones fill more memory than a guess is worth. */
const SCRYPT = [
  [16_384, 8, 1],
  [32_768, 8, 1],
  [16_384, 8, 2],
  [8192, 8, 1],
  [4096, 8, 1],
  [1024, 8, 1],
  [65_536, 8, 1],
] as const;

/** scrypt with its parameters in the code of the legacy app, by the name that configuration has for it. */
export function scryptJob(search: Search, group: Group): Job {
  const isKey = group.bytes >= LIMITS.scrypt.keyBytes.min && !group.ownSalt;
  const columns = [
    ...new Set(group.salts.flatMap(({ spellings }) => spellings.flatMap(({ salt }) => salt ?? []))),
  ];
  return {
    rows: isKey && columns.length > 0 ? SCRYPT.length : 0,
    width: 3 * columns.length,
    milliseconds: 100 * columns.length,
    async run(from, to) {
      const readings = SCRYPT.slice(from, to).flatMap(([n, r, p]) =>
        columns.flatMap((salt) =>
          ['text', 'hex', 'base64'].flatMap((form) =>
            group.targets.map(({ column }) => ({
              column,
              salt,
              scheme: `scrypt(n=${n},r=${r},p=${p},length=${group.bytes},salt=${form})`,
            })),
          ),
        ),
      );
      return await confirmed(search, readings);
    },
  };
}
