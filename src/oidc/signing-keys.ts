import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { SealedKeys } from '../store/sealed-keys.ts';

const PURPOSE = 'signing';
/** RS256 is what OIDC Core asks of every provider (section 15.1); ES256 is there for clients that ask for it. */
const ALGORITHMS = ['RS256', 'ES256'] as const;

/** A JSON Web Key Set with private members; oidc-provider publishes the public ones. */
export interface SigningKeys {
  readonly keys: readonly JWK[];
}

/**
 * The keys that sign ID tokens: made at first start, kept sealed, the same in every instance. The newest set comes
 * first and signs; older ones stay published, so that what they signed can be verified.
 */
export async function loadSigningKeys(keys: SealedKeys): Promise<SigningKeys> {
  await keys.getOrCreate(PURPOSE, makeKeySet);
  const stored = await keys.list(PURPOSE);
  return { keys: stored.flatMap(({ bytes }) => (JSON.parse(bytes.toString('utf8')) as SigningKeys).keys) };
}

async function makeKeySet(): Promise<Buffer> {
  const keys = await Promise.all(ALGORITHMS.map(makeKey));
  return Buffer.from(JSON.stringify({ keys }));
}

async function makeKey(alg: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { modulusLength: 2048, extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg, use: 'sig' };
}
