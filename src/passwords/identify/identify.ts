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
 * Finds out how a row's password was hashed: by the configured scheme alone, or with `auto` by the value's prefix. Of
 * several schemes the first that reads the value decides, or the first that the value names without being whole: what
 * is damaged must not be taken for something else. Nothing is guessed and nothing that was read falls through to another
 * scheme, so that a row cannot be read in two ways.
 */
export function identify(credential: Credential): Identified {
  const { encoded, scheme } = credential;
  if (encoded === '' || encoded.length > LIMITS.encodedLength) return unknown(shapeOf(encoded));
  const names = typeof scheme === 'string' ? [scheme] : scheme;
  for (const name of names) {
    const found = readAs(name, credential);
    if (found !== undefined) return found;
  }
  const [only = AUTO] = names;
  if (names.length > 1) return unknown(`${shapeOf(encoded)}; none of ${names.join(' and ')}, as configured`);
  return unknown(
    only === AUTO ? shapeOf(encoded) : `${shapeOf(encoded)}; not ${nameOf(only)}, as configured`,
  );
}

/** Undefined when the value is none of this scheme's. */
function readAs(name: string, credential: Credential): Identified | undefined {
  const { encoded } = credential;
  if (name === AUTO) {
    const found = readSelfDescribed(credential);
    if (found?.kind === 'read') return withinBounds(found.hash);
    return found && unknown(found.why);
  }
  const scheme = findScheme(name);
  if (scheme === undefined) return unknown(`not read: there is no scheme called ${name}`);
  const hash = scheme.parse(credential);
  if (hash !== undefined) return withinBounds(hash);
  const damage = damageOf(encoded, [scheme]);
  return damage && unknown(`${damage.why}; not ${scheme.name}, as configured`);
}

const nameOf = (name: string) => findScheme(name)?.name ?? name;

function withinBounds(hash: ParsedHash): Identified {
  if (hash.outOfBounds === undefined) return { kind: 'readable', hash };
  return { kind: 'out-of-bounds', scheme: hash.scheme, reason: hash.outOfBounds };
}

const unknown = (shape: string): Identified => ({ kind: 'unknown-scheme', shape });
