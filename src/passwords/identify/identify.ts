import type { Credential } from '../../domain/credential.ts';
import { AUTO, findScheme } from '../known-schemes.ts';
import { LIMITS } from '../limits.ts';
import type { ParsedHash } from '../scheme.ts';
import type { Verdict } from '../verdict.ts';
import { damageOf, readSelfDescribed } from './self-described.ts';
import { shapeOf } from './shape.ts';

export type Identified =
  /** Read, and within the bounds. */
  | { readonly kind: 'readable'; readonly hash: ParsedHash }
  | Extract<Verdict, { kind: 'unknown-scheme' | 'out-of-bounds' }>;

/**
 * Finds out how a row's password was hashed: by the configured scheme alone, or with `auto` by the value's prefix.
 * Nothing is guessed and nothing falls through to another scheme, so that a row cannot be read in two ways.
 */
export function identify(credential: Credential): Identified {
  const { encoded, scheme: name } = credential;
  if (encoded === '' || encoded.length > LIMITS.encodedLength) return unknown(shapeOf(encoded));
  if (name === AUTO) {
    const found = readSelfDescribed(credential);
    if (found?.kind === 'read') return withinBounds(found.hash);
    return unknown(found?.why ?? shapeOf(encoded));
  }
  const scheme = findScheme(name);
  if (scheme === undefined) return unknown(`not read: there is no scheme called ${name}`);
  const hash = scheme.parse(credential);
  if (hash !== undefined) return withinBounds(hash);
  return unknown(
    `${damageOf(encoded, [scheme])?.why ?? shapeOf(encoded)}; not ${scheme.name}, as configured`,
  );
}

function withinBounds(hash: ParsedHash): Identified {
  if (hash.outOfBounds === undefined) return { kind: 'readable', hash };
  return { kind: 'out-of-bounds', scheme: hash.scheme, reason: hash.outOfBounds };
}

const unknown = (shape: string): Identified => ({ kind: 'unknown-scheme', shape });
