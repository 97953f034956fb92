import { createHmac } from 'node:crypto';
import type { Credential } from '../domain/credential.ts';
import type { UserProfile } from '../domain/user-profile.ts';

/** Keyed digests by which the ledger sees that something changed, without keeping what it was. */
export interface Digests {
  /**
   * Of everything the row says about the password. 43 characters of base64url. Of several schemes the first counts: that
   * others were added to the configuration is no change of the row.
   */
  fingerprint(credential: Credential): string;
  /** Of a profile, whatever the order of its claims. */
  profile(profile: UserProfile): string;
}

/** @param key 32 bytes, kept sealed in the store */
export function createDigests(key: Uint8Array): Digests {
  const hmac = (parts: unknown) =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
  return {
    fingerprint: ({ encoded, salt, username, scheme }) =>
      hmac(['credential', encoded, salt ?? null, username ?? null, [scheme].flat()[0]]),
    profile: (profile) => hmac(['profile', sorted(profile)]),
  };
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, sorted(inner)]);
}
