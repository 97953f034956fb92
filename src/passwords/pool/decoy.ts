import type { Credential } from '../../domain/credential.ts';
import { identify } from '../identify/identify.ts';
import { LIMITS } from '../limits.ts';
import { bcrypt, bcryptDecoy, bcryptMilliseconds } from '../schemes/bcrypt.ts';

/** What every answer but a match costs at least. Plain data, since it travels to the workers. */
export interface Decoy {
  readonly credential: Credential;
  /** Milliseconds, as `ParsedHash.cost` counts them. */
  readonly cost: number;
}

export interface DecoyTask {
  readonly decoy: Decoy;
  readonly password: Uint8Array;
}

/** Before anything is known about the table: what most software of the last fifteen years makes. */
export const DEFAULT_DECOY: Decoy = {
  credential: { encoded: bcryptDecoy(10), scheme: bcrypt.name },
  cost: bcryptMilliseconds(10),
};

/**
 * The decoy is as dear as the row that 5 % of the sample are at least as dear as. A decoy cheaper than a usual row
 * tells by its speed that a person does not exist. One as dear as the dearest row of all would let a single odd row
 * slow every failed login down; who has such a row is then told by the time, which is the price.
 */
const SHARE_OF_DEARER_ROWS = 0.05;

/** Text, hexadecimal and base64 alike: whichever a scheme takes its salt column for, it reads this one. */
const DECOY_SALT = '00000000';

/** @returns undefined when no row of the sample can be read */
export function decoyFor(sample: readonly Credential[]): Decoy | undefined {
  const readable = sample
    .flatMap((credential) => {
      const identified = identify(credential);
      return identified.kind === 'readable' ? [identified.hash] : [];
    })
    .sort((one, other) => other.cost - one.cost);
  const chosen = readable[Math.ceil(readable.length * SHARE_OF_DEARER_ROWS) - 1];
  if (chosen === undefined) return undefined;
  return {
    credential: { encoded: chosen.decoy(), salt: DECOY_SALT, scheme: chosen.scheme },
    cost: chosen.cost,
  };
}

/** Less than this part of the decoy still to pay is lost in the noise. */
const NEGLIGIBLE = 0.1;

/**
 * Does the work that is missing when `spent` milliseconds of hashing have already gone into an answer: the decoy
 * itself when that was next to nothing; otherwise the rest in small bcrypt coin, so that a mismatch of a scheme half
 * as dear does not stand out by taking one and a half times as long.
 */
export async function payDecoy(decoy: Decoy, spent: number, password: Uint8Array): Promise<void> {
  let missing = decoy.cost - spent;
  if (spent <= decoy.cost * NEGLIGIBLE) {
    await compute(decoy.credential, password);
    return;
  }
  const { minCost, maxCost } = LIMITS.bcrypt;
  for (let cost: number = maxCost; cost >= minCost && missing > decoy.cost * NEGLIGIBLE; cost -= 1) {
    if (bcryptMilliseconds(cost) > missing) continue;
    await compute({ encoded: bcryptDecoy(cost), scheme: bcrypt.name }, password);
    missing -= bcryptMilliseconds(cost);
  }
}

async function compute(credential: Credential, password: Uint8Array): Promise<void> {
  const identified = identify(credential);
  if (identified.kind === 'readable') await identified.hash.verify(password);
}
