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
  return bucketOf(person, bucketKey) < percent ? target : undefined;
}

/**
 * Where a person stands in a switch that is limited to a percentage.
 *
 * @returns from 0 to 99.99: who is below the percentage is copied
 */
export function bucketOf({ directory, legacyId }: PersonRef, bucketKey: Uint8Array): number {
  const digest = createHmac('sha256', bucketKey)
    .update(JSON.stringify([directory, legacyId]))
    .digest();
  return ((digest.readUInt32BE(0) % BUCKETS) * 100) / BUCKETS;
}
