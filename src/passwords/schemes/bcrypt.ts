import { timingSafeEqual } from 'node:crypto';
import { decodeBase64, hashSync } from 'bcryptjs';
import { LIMITS } from '../limits.ts';
import type { ParsedHash, Scheme } from '../scheme.ts';

const NAME = 'bcrypt';
const LENGTH = 60;
/** `$2y$10$` and the 22 characters of the salt: what the hash is computed from. */
const SETTING_LENGTH = 29;
const HASH_BYTES = 23;
/** The algorithm reads 18 words of 4 bytes and no further. */
const SIGNIFICANT_BYTES = 72;

/** `$2y$` is PHP's name for `$2b$`; `$2a$` differs only for passwords past 254 bytes in libraries long gone. */
const WHOLE = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;
const PREFIX = /^\$(2[abxy]?)\$/;

/**
 * bcrypt as PHP, Rails, Node and crypt(3) store it: `$2a$`, `$2b$`, `$2y$`.
 *
 * It does what the legacy system did with the bytes it was given: past 72 bytes and from the first NUL on they are
 * ignored (crypt(3) takes a C string), and such a match is lossy. A password that is not UTF-8 never matches: bcryptjs
 * takes text alone, and text made from such bytes is another password.
 */
export const bcrypt: Scheme = {
  name: NAME,
  /** Of Rails. */
  aliases: ['has_secure_password'],
  selfDescribing: true,

  parse({ encoded }) {
    const cost = readBcryptCost(encoded);
    return cost === undefined ? undefined : parsed(encoded, cost);
  },

  damage(encoded) {
    const kind = PREFIX.exec(encoded)?.[1];
    if (kind === undefined) return undefined;
    if (kind === '2' || kind === '2x') return `bcrypt of the rare kind $${kind}$, which is not verified yet`;
    const bare = encoded.trimEnd();
    const blanks = encoded.length - bare.length;
    if (blanks > 0 && WHOLE.test(bare)) {
      return `bcrypt, but followed by ${blanks} ${blanks === 1 ? 'blank' : 'blanks'}: a CHAR column pads, so map a trimmed one`;
    }
    if (bare.length < LENGTH) {
      return `bcrypt, but ${bare.length} of ${LENGTH} characters: the column or the export cut it`;
    }
    if (bare.length > LENGTH) {
      return `bcrypt, but ${bare.length} instead of ${LENGTH} characters: something was added to it`;
    }
    return 'bcrypt, but with characters that bcrypt does not use: it was damaged';
  },
};

/** The cost of a whole bcrypt hash; undefined for anything else. */
export function readBcryptCost(encoded: string): number | undefined {
  const cost = WHOLE.exec(encoded)?.[1];
  return cost === undefined ? undefined : Number(cost);
}

function parsed(encoded: string, cost: number): ParsedHash {
  const { minCost, maxCost } = LIMITS.bcrypt;
  return {
    scheme: NAME,
    ...(cost < minCost || cost > maxCost
      ? { outOfBounds: `bcrypt's cost is ${cost}; verified are ${minCost} to ${maxCost}.` }
      : {}),
    cost: bcryptMilliseconds(cost),
    verify: async (password) => verify(encoded, password),
    lossy: (password) => password.length > SIGNIFICANT_BYTES || password.includes(0),
    decoy: () => bcryptDecoy(cost),
  };
}

function verify(encoded: string, password: Uint8Array): boolean {
  const text = textOf(password);
  // A password that cannot match is hashed like any other, so that it takes no less time.
  const computed = hashSync(text ?? '', encoded.slice(0, SETTING_LENGTH));
  return timingSafeEqual(hashOf(computed), hashOf(encoded)) && text !== undefined;
}

/** The text that crypt(3) would see, or undefined when there is none that stands for exactly these bytes. */
function textOf(password: Uint8Array): string | undefined {
  const end = password.indexOf(0);
  // What begins with a NUL is no password: crypt(3) would take it for the empty one (CVE-2024-3096).
  if (end === 0) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      end < 0 ? password : password.subarray(0, end),
    );
  } catch {
    return undefined;
  }
}

/** Bytes, not text: the last character of a salt carries four bits that nobody reads and that libraries set as they like. */
const hashOf = (encoded: string) => Buffer.from(decodeBase64(encoded.slice(SETTING_LENGTH), HASH_BYTES));

/** Milliseconds of bcryptjs on one core of a small cloud machine. */
export const bcryptMilliseconds = (cost: number): number => 65 * 2 ** (cost - 10);

export const bcryptDecoy = (cost: number): string => `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`;
