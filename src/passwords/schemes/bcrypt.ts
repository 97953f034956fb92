import { timingSafeEqual } from 'node:crypto';
import { decodeBase64, encodeBase64 } from 'bcryptjs';
import { engine } from '../engine.ts';
import type { Fresh } from '../fresh-salt.ts';
import { judgeBcrypt } from '../judgement.ts';
import { LIMITS } from '../limits.ts';
import type { ParsedHash, Scheme } from '../scheme.ts';
import { asCString } from './crypt/text.ts';

const NAME = 'bcrypt';
const LENGTH = 60;
/** `$2y$10$`: after it come 16 bytes of salt and 23 of hash in bcrypt's own base64. */
const SETTING_LENGTH = 7;
const SALT_END = 29;
const SALT_BYTES = 16;
const HASH_BYTES = 23;
/** The algorithm reads 18 words of 4 bytes and no further. */
const SIGNIFICANT_BYTES = 72;

/**
 * `$2y$` is PHP's name for `$2b$`. `$2x$` marks hashes of PHP before 5.3.7, which took bytes past 127 for negative
 * numbers (CVE-2011-2483); in `$2a$` those few that could be of either kind are made to differ. The last character
 * holds four bits of the hash and two of nothing: what sets those was changed, and compares as different everywhere.
 */
const WHOLE = /^\$2[abxy]\$(\d\d)\$[./A-Za-z0-9]{52}[.CGKOSWaeimquy26]$/;
const PREFIX = /^\$(2[abxy]?)\$/;

/**
 * bcrypt as PHP, Rails, Node and crypt(3) store it: `$2a$`, `$2b$`, `$2x$`, `$2y$`.
 *
 * It does what the legacy system did with the bytes it was given, be they UTF-8 or not: past 72 bytes and from the
 * first NUL on they are ignored (crypt(3) takes a C string), and such a match is lossy. What the engine's
 * library does not do as crypt(3) does, such as `$2x$`, Openwall's `crypt_blowfish.c` in WebAssembly does.
 */
export const bcrypt: Scheme = {
  name: NAME,
  /** Of Rails. */
  aliases: ['has_secure_password'],
  about: {
    foundIn:
      'PHP password_hash and Laravel (users.password), Rails (users.password_digest), Node, Java, Joomla 3.2 and later',
    example: '$2y$10$abcdefghijklmnopqrstuuGGgFFcYeueaAql8Z7U7CnCTRw4DR77W',
    ignores: 'bytes past the 72nd, and everything from a NUL on',
  },
  selfDescribing: true,

  parse({ encoded }) {
    const cost = readBcryptCost(encoded);
    return cost === undefined ? undefined : parsed(encoded, cost);
  },

  damage(encoded) {
    const kind = PREFIX.exec(encoded)?.[1];
    if (kind === undefined) return undefined;
    if (kind === '2') return 'bcrypt of the rare kind $2$, which is not verified';
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
    parameters: { cost },
    judgement: judgeBcrypt(cost),
    ...(cost < minCost || cost > maxCost
      ? { outOfBounds: `bcrypt's cost is ${cost}; verified are ${minCost} to ${maxCost}.` }
      : {}),
    cost: bcryptMilliseconds(cost),
    verify: (password) => verify(encoded, password),
    lossy: (password) => password.length > SIGNIFICANT_BYTES || password.includes(0),
    decoy: () => bcryptDecoy(cost),
    remake: async (password, fresh) => remade(encoded, password, fresh),
  };
}

async function verify(encoded: string, password: Uint8Array): Promise<boolean> {
  const bytes = asCString(password);
  const key = bytes === undefined || bytes.length === 0 ? NOTHING : bytes.subarray(0, SIGNIFICANT_BYTES);
  const hashed = bytes === undefined ? undefined : engine.bcrypt(bytes, encoded.slice(0, SALT_END));
  if (hashed !== undefined) return timingSafeEqual(hashOf(hashed), hashOf(encoded));
  // A password that cannot match is hashed like any other, so that it takes no less time.
  const same = await engine.verifyBcrypt(key, canonical(encoded));
  return same && bytes !== undefined;
}

/** Under the same identifier and cost; nobody should make another `$2x$`. */
function remade(encoded: string, password: Uint8Array, fresh: Fresh): string | undefined {
  const setting = encoded.slice(0, SETTING_LENGTH);
  const hashed = engine.bcrypt(password, setting + encodeBase64(fresh(SALT_BYTES), SALT_BYTES));
  return hashed === undefined ? undefined : setting + hashed.slice(SETTING_LENGTH);
}

const hashOf = (encoded: string) => Buffer.from(decodeBase64(encoded.slice(SALT_END), HASH_BYTES));

/** The empty password: the NUL that ends a C string, without which the implementation would take none. */
const NOTHING = Uint8Array.of(0);

/**
 * The one text for these bytes: the last character of a salt carries four bits that nobody reads and that libraries set
 * as they like, and the implementation compares text (in constant time).
 */
function canonical(encoded: string): string {
  const again = (text: string, bytes: number) => encodeBase64(decodeBase64(text, bytes), bytes);
  const [salt, hash] = [encoded.slice(SETTING_LENGTH, SALT_END), encoded.slice(SALT_END)];
  return `${encoded.slice(0, SETTING_LENGTH)}${again(salt, SALT_BYTES)}${again(hash, HASH_BYTES)}`;
}

/** Milliseconds on one core of a small cloud machine. */
export const bcryptMilliseconds = (cost: number): number =>
  engine.milliseconds.bcryptOfCost10 * 2 ** (cost - 10);

export const bcryptDecoy = (cost: number): string => `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`;
