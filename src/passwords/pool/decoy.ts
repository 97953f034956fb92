import type { Credential } from '../../domain/credential.ts';
import { transcode } from '../charsets/transcode.ts';
import { costOf } from '../cost.ts';
import { identify } from '../identify/identify.ts';
import { LIMITS } from '../limits.ts';
import { bcrypt, bcryptDecoy, bcryptMilliseconds } from '../schemes/bcrypt.ts';

/** What every answer but a match costs at least. Plain data, since it travels to the workers. */
export interface Decoy {
  readonly credential: Credential;
  /** Milliseconds for a short password, as `ParsedHash.cost` counts them. */
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

/** Hexadecimal and base64 as well, for recipes that read the salt in such a form. */
const SALT = 'dec0dec0';

/** @returns undefined when no row of the sample can be read */
export function decoyFor(sample: readonly Credential[]): Decoy | undefined {
  const readable = sample
    .flatMap((credential) => {
      const identified = identify(credential);
      return identified.kind === 'readable' ? [{ hash: identified.hash, charset: credential.charset }] : [];
    })
    .sort((one, other) => other.hash.cost - one.hash.cost);
  const chosen = readable[Math.ceil(readable.length * SHARE_OF_DEARER_ROWS) - 1];
  if (chosen === undefined) return undefined;
  const { hash, charset } = chosen;
  return {
    credential: {
      encoded: hash.decoy(),
      salt: SALT,
      username: 'decoy',
      pepper: 'decoy',
      scheme: hash.scheme,
      ...(charset === undefined ? {} : { charset }),
    },
    cost: hash.cost,
  };
}

/** Less than this part of the decoy still to pay is lost in the noise. */
const NEGLIGIBLE = 0.1;

/**
 * Does the work that is missing when `spent` milliseconds of hashing have already gone into an answer: the decoy
 * itself when that was next to nothing; otherwise the rest in small bcrypt coin, so that a mismatch of a scheme half
 * as dear does not stand out by taking one and a half times as long. All of it is counted for this password, since a
 * long one makes rounds that hash it many times as dear.
 */
export async function payDecoy(decoy: Decoy, spent: number, password: Uint8Array): Promise<void> {
  const identified = identify(decoy.credential);
  if (identified.kind !== 'readable') return;
  const { hash } = identified;
  const { bytes } = transcode(password, decoy.credential.charset ?? 'utf8');
  const cost = costOf(hash, bytes.length);
  if (spent <= cost * NEGLIGIBLE) {
    await hash.verify(bytes);
    return;
  }
  let missing = cost - spent;
  const { minCost, maxCost } = LIMITS.bcrypt;
  for (let coin: number = maxCost; coin >= minCost && missing > cost * NEGLIGIBLE; coin -= 1) {
    if (bcryptMilliseconds(coin) > missing) continue;
    await bcrypt.parse({ encoded: bcryptDecoy(coin) })?.verify(bytes);
    missing -= bcryptMilliseconds(coin);
  }
}
