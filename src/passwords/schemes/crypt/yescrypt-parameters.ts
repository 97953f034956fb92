import { LIMITS } from '../../limits.ts';
import { valueOfCharacter } from './text.ts';

/** What the parameters of `$y$` and `$gy$` ask for, by the names of yescrypt's documentation. */
export interface YescryptParameters {
  readonly flavour: number;
  readonly log2: number;
  readonly r: number;
  readonly p: number;
  readonly t: number;
  /** Hash upgrades; no version computes them. */
  readonly g: number;
  /** The logarithm of a ROM's size; crypt(3) has no ROM. */
  readonly rom: number;
}

/** Classic scrypt, scrypt that is written once, and `j`, yescrypt proper with the one S-box there is. */
const FLAVOURS = new Set([0, 1, 47]);
const PROPER = 47;

/** S-boxes of a lane: three of 4 KiB and what goes with them. */
const LANE_BYTES = 16 * 1024;

/**
 * Reads `j9T`: flavour, log2 N, r, and where more follows, a set of bits that says which of p, t, g and the ROM's size
 * do (`yescrypt_r` of libxcrypt's `alg-yescrypt-common.c`).
 *
 * @returns undefined when the text is no such parameters
 */
export function readYescryptParameters(text: string): YescryptParameters | undefined {
  const read = reader(text);
  const [flavour, log2, r] = [read(0), read(1), read(1)];
  const have = read.ended() ? 0 : read(1);
  const optional = (bit: number, least: number, absent: number) => (have & bit ? read(least) : absent);
  const [p, t, g, rom] = [optional(1, 2, 1), optional(2, 1, 0), optional(4, 1, 0), optional(8, 1, 0)];
  return read.failed() || !read.ended() ? undefined : { flavour, log2, r, p, t, g, rom };
}

/** Numbers of one to six characters (`decode64_uint32`): the first says how many, and the upper bits. */
function reader(text: string) {
  let at = 0;
  let failed = false;
  const next = () => {
    const value = valueOfCharacter(text[at] ?? '?');
    at += 1;
    failed ||= value < 0;
    return value;
  };
  const read = (least: number) => {
    const first = next();
    let [number, start, end, more] = [least, 0, 47, 0];
    while (first > end) {
      number += (end + 1 - start) * 64 ** more;
      start = end + 1;
      end = start + Math.floor((62 - end) / 2);
      more += 1;
    }
    number += (first - start) * 64 ** more;
    for (let place = more - 1; place >= 0; place -= 1) number += next() * 64 ** place;
    return number;
  };
  return Object.assign(read, { ended: () => at >= text.length, failed: () => failed });
}

/** Blocks of 128 r bytes that are written or read, times r: what the time goes into. */
export function yescryptWork({ flavour, log2, r, p, t }: YescryptParameters): number {
  const blocks = 2 ** log2 * r;
  if (flavour === PROPER) return blocks * (1 + (t === 0 ? 1 / 3 : t === 1 ? 2 / 3 : t - 1));
  return blocks * p * (1 + (t === 0 ? 1 : t === 1 ? 1.5 : t));
}

/** A sentence when the parameters lie outside `limits.ts`, or no library computes them. */
export function yescryptFault(parameters: YescryptParameters): string | undefined {
  const { maxBytes, maxWork, minLog2, maxLog2 } = LIMITS.crypt.yescrypt;
  const { flavour, log2, r, p, t, g, rom } = parameters;
  const says = (what: string, allowed: string) => `yescrypt's ${what}; verified ${allowed}.`;
  if (!FLAVOURS.has(flavour)) return says(`flavour is ${flavour}`, 'are the flavours ., / and j');
  if (g !== 0 || rom !== 0) return says('value has an upgrade or a ROM', 'is what has neither');
  if (log2 < minLog2 || log2 > maxLog2) return says(`N is 2^${log2}`, `are 2^${minLog2} to 2^${maxLog2}`);
  // Each lane has blocks and S-boxes of its own.
  if (128 * r * (2 ** log2 + p + 2) + LANE_BYTES * p > maxBytes) {
    return says(`r is ${r} with N 2^${log2} and p ${p}`, `is what needs up to ${maxBytes / 2 ** 20} MiB`);
  }
  if (flavour === PROPER && 2 ** log2 / p < 4) return says(`p is ${p}`, 'is up to a fourth of N');
  if (yescryptWork(parameters) > maxWork) {
    return says(`t is ${t} with N 2^${log2}, r ${r} and p ${p}`, `is work of up to ${maxWork} blocks`);
  }
  return undefined;
}
