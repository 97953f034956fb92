import type { ClaimName } from '../../domain/user-profile.ts';

/**
 * How much a row may bring along, in characters. The people in a legacy table often write its columns themselves: no
 * row may be able to fill a token, a session or the ledger.
 */

/** The longest hashes in use (argon2 with a long salt, yescrypt) stay below 512; the rest is room for recipes. */
export const MAX_ENCODED = 4_096;
export const MAX_SALT = 1_024;

/** Names, e-mail addresses (RFC 5321 ends at 254), telephone numbers. */
export const MAX_TEXT = 320;
const MAX_LONG_TEXT = 1_024;

/** A longer value is left out, never cut: half an e-mail address or URL is somebody else's. */
export function maxLengthOf(claim: ClaimName): number {
  return ['picture', 'profile', 'website', 'address'].includes(claim) ? MAX_LONG_TEXT : MAX_TEXT;
}

/** Groups, roles, the words of an attribute: more do not fit into the tokens and headers of relying parties. */
export const MAX_LIST = 200;
export const MAX_LIST_TEXT = 4_096;
/** All attributes of a person together, as JSON. */
export const MAX_ATTRIBUTES_TEXT = 8_192;

/** A column of JSON: as long as what is read of any column, and no deeper than a person can follow. */
export const MAX_JSON = 4_096;
export const MAX_JSON_DEPTH = 6;
/** Names and values of all its objects and lists. */
export const MAX_JSON_PARTS = 500;

/** How much of a cell is asked for at all: one character more than the widest bound, so that it shows. */
export const MAX_READ = MAX_ENCODED + 1;
