import { createHmac } from 'node:crypto';
import type { RegisteredClient } from '../clients/client.ts';
import type { PersonRef } from '../domain/ids.ts';

const BUCKETS = 10_000;

/**
 * Where a verified login of this person by this client is to be copied; undefined when it is not.
 *
 * @param bucketKey 32 bytes; the same person always falls into the same bucket
 */
export function captureTarget(
  client: RegisteredClient,
  person: PersonRef,
  bucketKey: Uint8Array,
): string | undefined {
  const { mode, target, percent } = client.migration;
  if (mode === 'off' || target === undefined) return undefined;
  return bucketOf(person, bucketKey) < (percent / 100) * BUCKETS ? target : undefined;
}

function bucketOf({ directory, legacyId }: PersonRef, key: Uint8Array): number {
  const digest = createHmac('sha256', key)
    .update(JSON.stringify([directory, legacyId]))
    .digest();
  return digest.readUInt32BE(0) % BUCKETS;
}
