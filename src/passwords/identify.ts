import type { Credential } from '../domain/credential.ts';
import { EXAMPLE } from './example.ts';
import { candidatesFor } from './identify/candidates.ts';
import { readSelfDescribed } from './identify/self-described.ts';
import { holdsNoPassword, shapeOf } from './identify/shape.ts';
import { AUTO, findScheme } from './known-schemes.ts';
import { LIMITS } from './limits.ts';
import type { Beside, Judgement, Parameters, ParsedHash, Scheme } from './scheme.ts';

/** What a stored value is, without any of its hash or salt. */
export type Identity =
  | {
      readonly kind: 'scheme';
      /** By its usual name. */
      readonly scheme: string;
      readonly parameters: Parameters;
      readonly judgement: Judgement;
      /** What has to be mapped beside the column before a row can be verified. */
      readonly needs: readonly Beside[];
      /** A sentence when a parameter lies outside the bounds: such a row is never verified. */
      readonly outOfBounds?: string;
    }
  /** It names a scheme and is not whole, as the second half of a sentence. */
  | { readonly kind: 'damaged'; readonly scheme: string; readonly why: string }
  /** Nothing in it says which of these it is; names as configuration spells them, those that lack nothing first. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly string[]; readonly shape: string }
  /** There is no password: nothing, blanks, or a placeholder such as `*`. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown'; readonly shape: string };

/** For what the caller was not asked about: that it is missing here is no fault of the value. */
const STAND_INS = { username: EXAMPLE.username, pepper: EXAMPLE.pepper };

/**
 * Says what stands in a password column, by what the value itself says. Nothing is guessed: 32 hexadecimal digits may be
 * MD5, an NT hash or one of many recipes, and only a known password decides.
 *
 * @param salt of the row, where there is a column for it
 * @param columnLength how many characters the column holds, to tell a cut by the column from any other damage
 */
export function identify(encoded: string, salt?: string, columnLength?: number): Identity {
  if (holdsNoPassword(encoded)) return { kind: 'empty' };
  if (encoded.length > LIMITS.encodedLength) return { kind: 'unknown', shape: shapeOf(encoded) };
  const stored = { encoded, ...(salt === undefined ? {} : { salt }) };
  const found = readSelfDescribed({ ...STAND_INS, ...stored });
  if (found?.kind === 'read') return described(found.scheme, found.hash);
  if (found?.kind === 'damaged') {
    return { kind: 'damaged', scheme: found.scheme.name, why: found.why + widthNote(encoded, columnLength) };
  }
  const candidates = candidatesFor(stored);
  if (candidates.length > 0) return { kind: 'ambiguous', candidates, shape: shapeOf(encoded) };
  return { kind: 'unknown', shape: shapeOf(encoded) };
}

/**
 * Says what a row's password is by the scheme that the configuration names; with `auto` as `identify` does. Of several
 * schemes the first that reads it.
 *
 * @param columnLength how many characters the column holds
 */
export function identifyAs(credential: Credential, columnLength?: number): Identity {
  const { encoded, salt, scheme: configured } = credential;
  if (encoded === '') return identify(encoded, salt, columnLength);
  for (const name of typeof configured === 'string' ? [configured] : configured) {
    if (name === AUTO && readSelfDescribed(credential) !== undefined) break;
    const scheme = name === AUTO ? undefined : findScheme(name);
    const hash = scheme?.parse(credential);
    if (scheme !== undefined && hash !== undefined) return described(scheme, hash);
  }
  return identify(encoded, salt, columnLength);
}

function described(scheme: Scheme, { parameters, judgement, outOfBounds }: ParsedHash): Identity {
  return {
    kind: 'scheme',
    scheme: scheme.name,
    parameters,
    judgement,
    needs: scheme.needs ?? [],
    ...(outOfBounds === undefined ? {} : { outOfBounds }),
  };
}

function widthNote(encoded: string, columnLength: number | undefined): string {
  if (columnLength === undefined || encoded.length < columnLength || /\s$/.test(encoded)) return '';
  return `; it fills all ${columnLength} characters of the column, which is too narrow`;
}
