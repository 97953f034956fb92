/**
 * MD4 (RFC 1320), which OpenSSL has no more. hash-wasm's answers only after a turn of the event loop, which recipes and
 * their examples cannot wait for (docs/decisions/0015-md4-in-place.md).
 */

const BLOCK_BYTES = 64;

/** Of each round: the constant that is added, the order of the words, how far each step rotates (RFC 1320, 3.4). */
const ROUNDS = [
  { constant: 0, words: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], shifts: [3, 7, 11, 19] },
  {
    constant: 0x5a827999,
    words: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    shifts: [3, 5, 9, 13],
  },
  {
    constant: 0x6ed9eba1,
    words: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    shifts: [3, 9, 11, 15],
  },
] as const;

/** @returns the 16 bytes of the digest */
export function md4(data: Uint8Array): Buffer {
  const message = padded(data);
  let [a, b, c, d] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < message.length; at += BLOCK_BYTES) {
    const before = [a, b, c, d] as const;
    for (let round = 0; round < ROUNDS.length; round += 1) {
      const { constant, words, shifts } = ROUNDS[round] as (typeof ROUNDS)[number];
      for (let step = 0; step < words.length; step += 1) {
        const word = message.readInt32LE(at + 4 * (words[step] as number));
        const sum = (a + mixed(round, b, c, d) + word + constant) | 0;
        a = d;
        d = c;
        c = b;
        b = rotated(sum, shifts[step % 4] as number);
      }
    }
    a = (a + before[0]) | 0;
    b = (b + before[1]) | 0;
    c = (c + before[2]) | 0;
    d = (d + before[3]) | 0;
  }
  const digest = Buffer.alloc(16);
  for (const [index, word] of [a, b, c, d].entries()) digest.writeInt32LE(word, 4 * index);
  return digest;
}

/** The functions F, G and H. */
function mixed(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d);
  return round === 1 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
}

const rotated = (word: number, by: number) => (word << by) | (word >>> (32 - by));

/** A bit, zeros, and the length in bits as eight bytes, the low ones first. */
function padded(data: Uint8Array): Buffer {
  const message = Buffer.alloc(BLOCK_BYTES * Math.ceil((data.length + 9) / BLOCK_BYTES));
  message.set(data);
  message[data.length] = 0x80;
  message.writeBigUInt64LE(8n * BigInt(data.length), message.length - 8);
  return message;
}
