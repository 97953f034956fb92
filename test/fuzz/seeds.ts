import { readdirSync, readFileSync } from 'node:fs';
import type { Credential } from '../../src/domain/credential.ts';
import { identify } from '../../src/passwords/identify/identify.ts';
import { findScheme } from '../../src/passwords/known-schemes.ts';
import type { Scheme } from '../../src/passwords/scheme.ts';

/** A whole value of some scheme, and the password it was made of. */
export interface Seed {
  readonly credential: Credential;
  readonly password: Buffer;
}

interface VectorRow extends Credential {
  readonly about: string;
  readonly passwordHex: string;
  readonly matches: boolean;
  readonly damaged?: boolean;
}

const FOLDER = new URL('../vectors/', import.meta.url);

/** Every value of the vectors that this project's own generators made. */
export const SEEDS: readonly Seed[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .flatMap(
    (name) => (JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as { entries: VectorRow[] }).entries,
  )
  .filter(({ matches }) => matches)
  .map(({ about: _, passwordHex, matches: __, damaged: ___, ...credential }) => ({
    credential,
    password: Buffer.from(passwordHex, 'hex'),
  }));

/** What a digest looks like whose scheme has no vectors: as many hexadecimal digits, or as many bytes of base64. */
const BARE: readonly Seed[] = [16, 20, 28, 32, 48, 64].flatMap((bytes) =>
  (['hex', 'base64'] as const).map((encoding) => ({
    credential: {
      encoded: Buffer.alloc(bytes, 0xa5).toString(encoding),
      salt: 'abcdef',
      username: 'Anna',
      scheme: 'auto',
    },
    password: Buffer.from('secret'),
  })),
);

const WRAPPED: readonly Seed[] = SEEDS.filter(({ credential }) =>
  /^(?:descrypt|\$[156])/.test(String(credential.scheme)),
).map(({ credential, password }) => ({
  credential: { ...credential, encoded: `crypt$$${credential.encoded}` },
  password,
}));

const names = new Map<Seed, readonly (string | undefined)[]>();

/** The scheme that the vectors name, and the one that reads the value. */
function namesOf(seed: Seed): readonly (string | undefined)[] {
  let known = names.get(seed);
  if (known === undefined) {
    const identified = identify(seed.credential);
    const reads = identified.kind === 'readable' ? identified.hash.scheme : undefined;
    known = [findScheme(String(seed.credential.scheme))?.name, reads];
    names.set(seed, known);
  }
  return known;
}

/**
 * The values that a scheme reads, by name, or by prefix where the vectors leave the choice to it; without any, values
 * of the shape that it may have, and then those of everybody.
 */
export function seedsOf(scheme: Scheme): readonly Seed[] {
  const own = SEEDS.filter((seed) => namesOf(seed).includes(scheme.name));
  if (own.length > 0) return own;
  const read = [...BARE, ...WRAPPED, ...SEEDS].filter(
    ({ credential }) => scheme.parse(credential) !== undefined,
  );
  return read.length > 0 ? read : BARE;
}

const BY_KIND = [...BARE, ...new Map(SEEDS.map((seed) => [seed.credential.scheme, seed])).values()];

/** A value that this scheme reads: of its shape, or one of each kind that names itself. */
export const readableBy = (scheme: Scheme | undefined): Seed | undefined =>
  BY_KIND.find(({ credential }) => scheme?.parse(credential) !== undefined);
