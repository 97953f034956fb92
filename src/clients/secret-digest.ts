import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Client secrets at rest: HMAC-SHA-256 under a key that is itself sealed. Secrets are random and at least 192 bits
 * long (see `options.ts`), so a slow hash would add cost to every token request and nothing else.
 */
export interface SecretDigest {
  digest(secret: string): string;
  /** Compares in constant time. */
  matches(digest: string, secret: string): boolean;
}

/** @param key 32 bytes, kept sealed in the store */
export function createSecretDigest(key: Uint8Array): SecretDigest {
  const hmac = (secret: string) => createHmac('sha256', key).update(secret, 'utf8').digest();
  return {
    digest: (secret) => hmac(secret).toString('base64url'),
    matches(digest, secret) {
      const expected = Buffer.from(digest, 'base64url');
      const actual = hmac(secret);
      return expected.length === actual.length && timingSafeEqual(expected, actual);
    },
  };
}
