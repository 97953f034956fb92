import { DIGESTS, type Digest } from '../recipes/digests.ts';
import type { Reading } from './confirm.ts';
import type { Frame } from './frame.ts';
import { cutsOf, type Group } from './group.ts';
import type { Job, Search } from './job.ts';
import { found } from './product.ts';
import { literal, spellTarget } from './target.ts';
import { agreeing, type Term } from './term.ts';

/** Rounds of a digest: 0 is the round before, 1 the password, 2 the salt; every number of rounds is compared. */
export interface Chain {
  readonly group: Group;
  readonly step: Frame;
  /** What the first round is given for the one before; nothing at all where it is empty. */
  readonly starts: readonly Frame[];
  readonly passes: readonly Term[];
  readonly salts: readonly Term[];
  readonly rounds: number;
}

/** Milliseconds of a round. */
const ROUND = 0.0012;
const FORMS = ['hex', 'raw'] as const;

export function chainJob(search: Search, chain: Chain): Job {
  const { group, step, starts, passes, salts, rounds } = chain;
  const digests = cutsOf(group.bytes, true).flatMap(({ name }) => {
    const digest = DIGESTS.get(name);
    return digest === undefined || name.startsWith('sha3') ? [] : [{ name, digest }];
  });
  const beside = salts.length === 0 ? [undefined] : salts;
  const width = beside.length * starts.length * digests.length * FORMS.length * rounds;
  return {
    rows: width === 0 ? 0 : passes.length,
    width,
    milliseconds: width * ROUND,
    async run(from, to) {
      const readings: Reading[] = [];
      for (const pass of passes.slice(from, to)) {
        for (const salt of beside) {
          if (search.isStopped()) return [];
          readings.push(...allOf(salt === undefined ? [pass] : [pass, salt]));
        }
      }
      return await found(search, readings);
    },
  };

  function allOf(terms: readonly Term[]): Reading[] {
    return starts.flatMap((start) =>
      digests.flatMap(({ name, digest }) =>
        FORMS.flatMap((form) => {
          const hit = roundsOf(terms, start, form, digest);
          if (hit === undefined) return [];
          return spelled(hit.target, terms, start, `${name}${form === 'raw' ? '_bin' : ''}`, hit.round);
        }),
      ),
    );
  }

  function roundsOf(terms: readonly Term[], start: Frame, form: (typeof FORMS)[number], { compute }: Digest) {
    const values = [undefined, ...terms.map(({ bytes }) => bytes)];
    let last = concat(start, values, Buffer.alloc(0));
    for (let round = 1; round <= rounds; round += 1) {
      const digest = compute(concat(step, values, last));
      const target = group.targets.find((one) => one.digest.equals(digest));
      if (target !== undefined) return { target, round };
      last = form === 'raw' ? digest : Buffer.from(digest.toString('hex'), 'latin1');
    }
    return undefined;
  }

  function spelled(
    target: Group['targets'][number],
    terms: readonly Term[],
    start: Frame,
    call: string,
    count: number,
  ): Reading[] {
    const isUsed = (place: number) => [...step, ...start].includes(place);
    const used = terms.filter((_, index) => isUsed(index + 1));
    return agreeing(used, (texts) => {
      const write = (frame: Frame) => {
        return frame
          .map((part) => {
            if (typeof part === 'string') return literal(part);
            return part === 0 ? '$last' : (texts[used.indexOf(terms[part - 1] as Term)] ?? '');
          })
          .join('.');
      };
      const first = start.length === 0 ? '' : `, ${write(start)}`;
      return spellTarget(target, `repeat(${count}, ${call}(${write(step)})${first})`);
    }).map(({ text: scheme, ...of }) => ({ column: target.column, scheme, ...of }));
  }
}

function concat(frame: Frame, values: readonly (Buffer | undefined)[], last: Buffer): Buffer {
  return Buffer.concat(
    frame.map((part) => {
      if (typeof part === 'string') return Buffer.from(part, 'latin1');
      return part === 0 ? last : (values[part] ?? Buffer.alloc(0));
    }),
  );
}
