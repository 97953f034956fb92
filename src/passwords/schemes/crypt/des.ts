/**
 * DES with the salted expansion of crypt(3), which no library offers: FIPS 46-3 for the tables, and for the salt the
 * reference is David Burren's FreeSec (`crypt-des.c` of libxcrypt). Passwords alone are hashed with it; nothing is
 * kept secret by it.
 */

/** Two halves of a 64-bit block. */
export type Block = readonly [left: number, right: number];

/** Sixteen round keys of 48 bits, each in two halves of 24. */
export type RoundKeys = Int32Array;

/** Every box in four rows of sixteen. */
const S_BOXES = [
  'e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d',
  'f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9',
  'a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c',
  '7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e',
  '2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453',
  'c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d',
  '4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c',
  'd2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b',
];

/** Tables name bits from 1, the most significant, as the standard does. */
const P = [
  16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22,
  11, 4, 25,
];
const PC1 = [
  57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36,
  63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4,
];
const PC2 = [
  14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52, 31, 37, 47,
  55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
];
const SHIFTS = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1];
const INITIAL = [58, 60, 62, 64, 57, 59, 61, 63].flatMap((first) =>
  [0, 8, 16, 24, 32, 40, 48, 56].map((less) => first - less),
);
const FINAL = INITIAL.map((_, at) => INITIAL.indexOf(at + 1) + 1);

const bitsOf = (value: number, count: number) =>
  Array.from({ length: count }, (_, at) => (value >>> (count - 1 - at)) & 1);
const numberOf = (bits: readonly number[]) => bits.reduce((sum, bit) => (sum << 1) | bit, 0);
const permuted = (bits: readonly number[], table: readonly number[]) => table.map((at) => bits[at - 1] ?? 0);

/** What each box makes of six bits, already permuted: eight tables of 64 in a row. */
const BOXED = Int32Array.from(
  S_BOXES.flatMap((digits, box) =>
    Array.from({ length: 64 }, (_, six) => {
      const [row, column] = [((six >> 4) & 2) | (six & 1), (six >> 1) & 15];
      const four = Number.parseInt(digits[16 * row + column] ?? '0', 16);
      return numberOf(permuted(bitsOf(four << (28 - 4 * box), 32), P));
    }),
  ),
);

/** @param key eight bytes, of which the lowest bits are not used */
export function roundKeys(key: Uint8Array): RoundKeys {
  const bits = permuted(
    [...key].flatMap((byte) => bitsOf(byte, 8)),
    PC1,
  );
  let [c, d] = [bits.slice(0, 28), bits.slice(28)];
  return Int32Array.from(
    SHIFTS.flatMap((shift) => {
      c = [...c.slice(shift), ...c.slice(0, shift)];
      d = [...d.slice(shift), ...d.slice(0, shift)];
      const round = permuted([...c, ...d], PC2);
      return [numberOf(round.slice(0, 24)), numberOf(round.slice(24))];
    }),
  );
}

/**
 * Encrypts a block this many times.
 *
 * @param salt 24 bits; each swaps two bits of the expansion, the lowest the first
 */
export function encrypt(keys: RoundKeys, salt: number, times: number, block: Block): Block {
  const mask = numberOf(bitsOf(salt, 24).reverse());
  let [left, right] = throughTable(block, INITIAL);
  for (let time = 0; time < times; time += 1) {
    for (let at = 0; at < 32; at += 2) {
      const next = left ^ scrambled(right, mask, keys[at] ?? 0, keys[at + 1] ?? 0);
      left = right;
      right = next;
    }
    // Between two encryptions the final and the initial permutation cancel each other out.
    [left, right] = [right, left];
  }
  return throughTable([left, right], FINAL);
}

function throughTable([left, right]: Block, table: readonly number[]): Block {
  const bits = permuted([...bitsOf(left, 32), ...bitsOf(right, 32)], table);
  return [numberOf(bits.slice(0, 32)), numberOf(bits.slice(32))];
}

/** Expansion to two halves of 24 bits, salt, key, boxes. */
function scrambled(half: number, mask: number, leftKey: number, rightKey: number): number {
  const left =
    ((half & 0x00000001) << 23) |
    ((half & 0xf8000000) >>> 9) |
    ((half & 0x1f800000) >>> 11) |
    ((half & 0x01f80000) >>> 13) |
    ((half & 0x001f8000) >>> 15);
  const right =
    ((half & 0x0001f800) << 7) |
    ((half & 0x00001f80) << 5) |
    ((half & 0x000001f8) << 3) |
    ((half & 0x0000001f) << 1) |
    ((half & 0x80000000) >>> 31);
  const swap = (left ^ right) & mask;
  return boxed(left ^ swap ^ leftKey, 0) | boxed(right ^ swap ^ rightKey, 256);
}

const boxed = (bits: number, table: number) =>
  (BOXED[table + (bits >>> 18)] ?? 0) |
  (BOXED[table + 64 + ((bits >>> 12) & 63)] ?? 0) |
  (BOXED[table + 128 + ((bits >>> 6) & 63)] ?? 0) |
  (BOXED[table + 192 + (bits & 63)] ?? 0);
