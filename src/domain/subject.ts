import { createHmac } from 'node:crypto';
import type { PersonRef, Subject } from './ids.ts';

/**
 * Derives the OIDC `sub` of a person: HMAC-SHA-256 over directory and legacy primary key, base64url, 43 characters.
 * The same key and person give the same subject for ever; without the key nothing can be read from it.
 *
 * @param key 32 bytes; kept sealed in the store and never changed
 */
export function deriveSubject(key: Uint8Array, person: PersonRef): Subject {
  const message = JSON.stringify([person.directory, person.legacyId]);
  return createHmac('sha256', key).update(message, 'utf8').digest('base64url') as Subject;
}
