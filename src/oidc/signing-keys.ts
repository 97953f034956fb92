import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { SealedKeys, StoredKey } from '../store/sealed-keys.ts';

const PURPOSE = 'signing';
/** RS256 is what OIDC Core asks of every provider (section 15.1); ES256 is there for clients that ask for it. */
const ALGORITHMS = ['RS256', 'ES256'] as const;

/** A JSON Web Key Set with private members; oidc-provider publishes the public ones. */
export interface SigningKeys {
  readonly keys: readonly JWK[];
}

/** How long a new key is published before it signs, in milliseconds: relying parties keep what they fetched for a while. */
export const PUBLISHED_FIRST_MS = 10 * 60_000;

/** How old each set is, and which one signs. */
export interface SigningKeySet {
  /** RFC 7638 thumbprints, by algorithm. */
  readonly kids: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly signs: boolean;
}

/**
 * The keys that sign ID tokens: made at first start, kept sealed, the same in every instance. The set that signs comes
 * first; older ones stay published, so that what they signed can be verified, and a newer one that nobody can have
 * fetched yet is published too.
 *
 * @param now milliseconds since 1970 by the store's clock
 */
export async function loadSigningKeys(keys: SealedKeys, now: number): Promise<SigningKeys> {
  await keys.getOrCreate(PURPOSE, makeKeySet);
  return { keys: (await inOrder(keys, now)).flatMap(keysOf) };
}

/** All sets, the one that signs first. */
export async function listSigningKeys(keys: SealedKeys, now: number): Promise<SigningKeySet[]> {
  return (await inOrder(keys, now)).map((stored, index) => ({
    kids: Object.fromEntries(keysOf(stored).map(({ alg, kid }) => [String(alg), String(kid)])),
    createdAt: stored.createdAt,
    signs: index === 0,
  }));
}

/** Adds a set of keys. It is published within a minute by every instance, and signs after `PUBLISHED_FIRST_MS`. */
export async function addSigningKeys(keys: SealedKeys): Promise<void> {
  await keys.add(PURPOSE, await makeKeySet());
}

async function inOrder(keys: SealedKeys, now: number): Promise<StoredKey[]> {
  const newestFirst = await keys.list(PURPOSE);
  const known = newestFirst.filter(({ createdAt }) => createdAt <= now - PUBLISHED_FIRST_MS);
  // The very first set has none before it that could sign.
  const signing = known[0] ?? newestFirst.at(-1);
  return signing === undefined ? [] : [signing, ...newestFirst.filter((stored) => stored !== signing)];
}

const keysOf = ({ bytes }: StoredKey) => (JSON.parse(bytes.toString('utf8')) as SigningKeys).keys;

async function makeKeySet(): Promise<Buffer> {
  const keys = await Promise.all(ALGORITHMS.map(makeKey));
  return Buffer.from(JSON.stringify({ keys }));
}

async function makeKey(alg: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { modulusLength: 2048, extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg, use: 'sig' };
}
