import { DIGESTS, type Digest, hmac } from '../recipes/digests.ts';
import { confirmed, type Reading } from './confirm.ts';
import type { Frame } from './frame.ts';
import { type Cut, cutsOf, type Group } from './group.ts';
import type { Job, Search } from './job.ts';
import { unique } from './known.ts';
import type { Finding } from './question.ts';
import { literal, spellTarget } from './target.ts';
import { agreeing, type Term } from './term.ts';

/** Every combination of values, in every frame, by every digest that has the column's length. */
export interface Product {
  readonly group: Group;
  /** The first are the rows. */
  readonly slots: readonly (readonly Term[])[];
  readonly frames: readonly Frame[];
  /** Whole digests, or parts of longer ones. */
  readonly whole: boolean;
  /** An HMAC whose key is this place; the frame is its message. */
  readonly key?: number;
}

/** Milliseconds of one digest with what is around it. */
const DIGEST = 0.0015;
const HMAC = 0.006;

export function productJob(search: Search, product: Product): Job {
  const { slots, frames, group, whole, key } = product;
  const [rows = [], ...others] = slots;
  const cuts = cutsOf(group.bytes, whole).flatMap((cut) => {
    const digest = DIGESTS.get(cut.name);
    return digest === undefined || (key !== undefined && digest.openssl === undefined)
      ? []
      : [{ cut, digest }];
  });
  const width = others.reduce((size, { length }) => size * length, frames.length * cuts.length);
  return {
    rows: width === 0 ? 0 : rows.length,
    width,
    milliseconds: width * (key === undefined ? DIGEST : HMAC),
    async run(from, to) {
      const readings: Reading[] = [];
      for (const terms of combinations(
        others,
        rows.slice(from, to).map((row) => [row]),
      )) {
        if (search.isStopped()) break;
        for (const frame of frames) readings.push(...tried(frame, terms));
      }
      return await found(search, readings);
    },
  };

  function tried(frame: Frame, terms: readonly Term[]): readonly Reading[] {
    const message = messageOf(frame, terms);
    let readings: readonly Reading[] = NO_READINGS;
    for (const { cut, digest } of cuts) {
      const value = compute(digest, message, key === undefined ? undefined : terms[key]);
      for (const target of matching(product, cut, value)) {
        readings = [...readings, ...spell(target, cut, frame, terms)];
      }
    }
    return readings;
  }

  function spell(
    target: Group['targets'][number],
    cut: Cut,
    frame: Frame,
    terms: readonly Term[],
  ): Reading[] {
    const used =
      key === undefined ? terms : terms.filter((_, place) => place === key || frame.includes(place));
    return agreeing(used, (texts) => {
      const text = (place: number) => texts[used.indexOf(terms[place] as Term)] ?? '';
      const message = frame.map((part) => (typeof part === 'number' ? text(part) : literal(part))).join('.');
      return spellTarget(target, spellCut(cut, target, message, key === undefined ? undefined : text(key)));
    }).map(({ text: scheme, ...of }) => ({ column: target.column, scheme, ...of }));
  }
}

export async function found(search: Search, readings: readonly Reading[]): Promise<Finding[]> {
  if (readings.length === 0) return [];
  return unique(await confirmed(search, readings.slice(0, MOST_READINGS)));
}

const MOST_READINGS = 64;

const scratch = Buffer.alloc(1 << 16);

/** In a buffer that the next message overwrites. */
function messageOf(frame: Frame, terms: readonly Term[]): Buffer {
  let length = 0;
  for (const part of frame) {
    if (typeof part === 'string') length += scratch.write(part, length, 'latin1');
    else {
      const { bytes } = terms[part] as Term;
      scratch.set(bytes, length);
      length += bytes.length;
    }
  }
  return scratch.subarray(0, length);
}

function compute(digest: Digest, message: Buffer, key: Term | undefined): Buffer {
  return key === undefined || digest.openssl === undefined
    ? digest.compute(message)
    : hmac(digest.openssl, key.bytes, message);
}

function matching({ group }: Pick<Product, 'group'>, { start }: Cut, value: Buffer): Group['targets'] {
  const end = start + group.bytes;
  let hits: Group['targets'] = NONE;
  for (const target of group.targets) {
    if (value[start] !== target.digest[0] || value.compare(target.digest, 0, group.bytes, start, end) !== 0)
      continue;
    hits = [...hits, target];
  }
  return hits;
}
const NONE: Group['targets'] = [];
const NO_READINGS: readonly Reading[] = [];

/** The digest as a recipe; of a part, the characters or the bytes of which it is one. */
export function spellCut(
  { name, start, whole }: Cut,
  { encoding, doubled, digest }: Group['targets'][number],
  message: string,
  key?: string,
): string {
  const call = (suffix: string) =>
    key === undefined ? `${name}${suffix}(${message})` : `hmac_${name}${suffix}(${key}, ${message})`;
  if (whole) return call('');
  if (encoding === 'base64' && !doubled) return `substr(${call('_bin')}, ${start}, ${digest.length})`;
  return `substr(${call('')}, ${2 * start}, ${2 * digest.length})`;
}

function* combinations(
  slots: readonly (readonly Term[])[],
  chosen: readonly (readonly Term[])[],
): Generator<readonly Term[]> {
  const [next, ...rest] = slots;
  for (const terms of chosen) {
    if (next === undefined) yield terms;
    else
      yield* combinations(
        rest,
        next.map((one) => [...terms, one]),
      );
  }
}
