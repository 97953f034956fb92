import { judgeDes } from '../../judgement.ts';
import { LIMITS } from '../../limits.ts';
import { cryptScheme } from './crypt-scheme.ts';
import { type Block, encrypt, roundKeys } from './des.ts';
import { ALPHABET, decodeNumber } from './text.ts';

const BLOCK_BYTES = 8;
const BLOCK_CHARACTERS = 11;
const ZERO: Block = [0, 0];
const TIMES = 25;
/** The last character of a block holds two bits less than it could. */
const BLOCK = '[./0-9A-Za-z]{10}[.26AEIMQUYcgkosw]';
const DESCRYPT = new RegExp(`^([./0-9A-Za-z]{2})(${BLOCK})$`);
const BIGCRYPT = new RegExp(`^([./0-9A-Za-z]{2})((?:${BLOCK}){1,16})$`);
const BSDICRYPT = new RegExp(`^_([./0-9A-Za-z]{4})([./0-9A-Za-z]{4})(${BLOCK})$`);

/** DES takes seven bits of every byte: `ä` in UTF-8 is the same to it as `C$`. */
const hasHighBits = (password: Uint8Array) => password.some((byte) => byte > 127);

/** 13 characters, the first two the salt: Unix from 1979 on, htpasswd, PHP without a `$`. It reads eight bytes. */
export const descrypt = cryptScheme({
  name: 'descrypt',
  aliases: ['des-crypt'],
  about: {
    foundIn: 'Unix from 1979 on, htpasswd, PHP crypt() with a salt of two characters',
    example: 'se4LZ1sej1L9M',
    ignores: 'bytes past the 8th, the highest bit of each, and everything from a NUL on',
  },
  read(encoded) {
    const [, salt, text] = DESCRYPT.exec(encoded) ?? [];
    if (salt === undefined || text === undefined) return undefined;
    return {
      hash: text,
      judgement: judgeDes(TIMES),
      cost: 0.06,
      compute: (password) => segment(password.subarray(0, BLOCK_BYTES), salt),
      lossy: (password) => password.length > BLOCK_BYTES || hasHighBits(password),
    };
  },
});

/**
 * Two characters of salt and eleven for every eight bytes of the password, each salted with the beginning of the one
 * before: Digital Unix and HP-UX. Of the password 128 bytes are read.
 */
export const bigcrypt = cryptScheme({
  name: 'bigcrypt',
  about: {
    foundIn: 'Digital Unix, Tru64 and HP-UX',
    example: 'se4LZ1sej1L9MoS37FkPwn.c9p4r2X3WVZgMWWprOQjkKU',
    ignores: 'bytes past the 128th, the highest bit of each, and everything from a NUL on',
  },
  read(encoded) {
    const [, salt, text] = BIGCRYPT.exec(encoded) ?? [];
    if (salt === undefined || text === undefined) return undefined;
    return {
      hash: text,
      judgement: judgeDes(TIMES),
      cost: (0.06 * text.length) / BLOCK_CHARACTERS,
      compute: (password) => segments(password.subarray(0, LIMITS.crypt.bigcryptBytes), salt),
      lossy: (password) => password.length > LIMITS.crypt.bigcryptBytes || hasHighBits(password),
    };
  },
});

/** `_`, four characters of rounds, four of salt: BSDi and the other BSDs before they had bcrypt. */
export const bsdicrypt = cryptScheme({
  name: 'bsdicrypt',
  about: {
    foundIn: 'BSDi, FreeBSD and NetBSD before bcrypt; PHP CRYPT_EXT_DES',
    example: '_J9..seasPCsznwqOBeo',
    ignores: 'the highest bit of each byte, and everything from a NUL on',
  },
  identifier: /^_[./0-9A-Za-z]{19}\s*$/,
  read(encoded) {
    const [, roundsText, saltText, text] = BSDICRYPT.exec(encoded) ?? [];
    if (roundsText === undefined || saltText === undefined || text === undefined) return undefined;
    const rounds = decodeNumber(roundsText);
    const { maxRounds } = LIMITS.crypt.bsdi;
    return {
      hash: text,
      parameters: { rounds },
      judgement: judgeDes(rounds),
      ...(rounds < 1 || rounds > maxRounds
        ? { outOfBounds: `bsdicrypt's rounds are ${rounds}; verified are 1 to ${maxRounds}.` }
        : {}),
      cost: 0.06 + 0.0002 * rounds,
      // Each eight bytes are folded into the key by DES.
      costOfByte: 0.06 / BLOCK_BYTES,
      compute: (password) =>
        textOf(encrypt(roundKeys(foldedKey(password)), decodeNumber(saltText), rounds, ZERO)),
      lossy: hasHighBits,
    };
  },
});

/** Eight bytes of seven bits each, in the upper bits. */
const keyOf = (bytes: Uint8Array) =>
  Uint8Array.from({ length: BLOCK_BYTES }, (_, at) => (bytes[at] ?? 0) << 1);

const segment = (bytes: Uint8Array, salt: string) =>
  textOf(encrypt(roundKeys(keyOf(bytes)), decodeNumber(salt), TIMES, ZERO));

function segments(password: Uint8Array, firstSalt: string): string {
  let [text, salt, at] = ['', firstSalt, 0];
  do {
    const block = segment(password.subarray(at, at + BLOCK_BYTES), salt);
    text += block;
    salt = block.slice(0, 2);
    at += BLOCK_BYTES;
  } while (at < password.length);
  return text;
}

/** A key of any length: the first eight bytes encrypted with themselves, the next eight added, and so on. */
function foldedKey(password: Uint8Array): Uint8Array {
  let key = keyOf(password);
  for (let at = BLOCK_BYTES; at < password.length; at += BLOCK_BYTES) {
    const view = Buffer.from(key);
    const encrypted = encrypt(roundKeys(key), 0, 1, [view.readInt32BE(0), view.readInt32BE(4)]);
    const next = keyOf(password.subarray(at, at + BLOCK_BYTES));
    key = bytesOf(encrypted).map((byte, index) => byte ^ (next[index] ?? 0));
  }
  return key;
}

function bytesOf([left, right]: Block): Uint8Array {
  const bytes = Buffer.alloc(BLOCK_BYTES);
  bytes.writeInt32BE(left, 0);
  bytes.writeInt32BE(right, 4);
  return Uint8Array.from(bytes);
}

/** Most significant six bits first, unlike everything else in crypt(3). */
function textOf(block: Block): string {
  const bits = [...bytesOf(block)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.padEnd(6 * BLOCK_CHARACTERS, '0').match(/.{6}/g) ?? [])
    .map((six) => ALPHABET[Number.parseInt(six, 2)])
    .join('');
}
