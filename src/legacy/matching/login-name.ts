import { BridgeError } from '../../domain/errors.ts';
import type { LegacyOptions } from '../options.ts';

/** No login name of a real table is longer, in characters; a longer one is nobody's and is not looked up. */
const MAX_LOGIN_NAME = 1_000;

/**
 * The last line of defence against statement poisoning: on MySQL a single number, boolean, date or object bound to a
 * prepared statement re-types it, and every later look-up on that connection matches everybody.
 *
 * @throws BridgeError `invalid_request` for whatever is not a string, against the type that the compiler was told
 */
export function requireText(value: unknown, what: string): asserts value is string {
  if (typeof value !== 'string') {
    throw new BridgeError('invalid_request', `${what} must be text, but is ${typeOf(value)}.`);
  }
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === 'object' ? value.constructor?.name || 'an object' : `a ${typeof value}`;
}

/** False for names that are nobody's without asking: the empty one, and those beyond every column's width. */
export function canBeLoginName(identifier: string): boolean {
  return identifier !== '' && identifier.length <= MAX_LOGIN_NAME;
}

/**
 * Whether a stored name is the typed one by the configured rule. Databases compare by collation, to which `admin`,
 * `Admin`, `ádmin` and `admin ` may all be one name; this comparison decides.
 */
export function sameName(rule: LegacyOptions['match'], typed: string, stored: string): boolean {
  return rule === 'exact' ? typed === stored : typed.toLowerCase() === stored.toLowerCase();
}
