import { DIGESTS } from '../recipes/digests.ts';
import { FEWEST_BYTES } from '../recipes/text-functions.ts';
import { columnTerms, type Material, termsOf, withDigests } from './material.ts';
import type { Question } from './question.ts';
import { DIGEST_SIZES, type Target, targetsOf } from './target.ts';
import { distinct, type Term } from './term.ts';

/** Readings of columns as digests of one length that share their salts: each computed digest is compared with all. */
export interface Group {
  readonly bytes: number;
  readonly targets: readonly Target[];
  /** What may be mixed in as `$salt`: columns, or what stands beside the digest. */
  readonly salts: readonly Term[];
  readonly saltsAndDigests: readonly Term[];
  /** The salt stands beside the digest, so that a reading without it is none. */
  readonly ownSalt: boolean;
  /** Nothing parts the salt from the digest: digits that can be parted in many ways, most of them wrong. */
  readonly joined: boolean;
}

export function groupsOf(question: Question, { salts }: Material): Group[] {
  const targets = question.passwordColumns.flatMap((column) => targetsOf(column, question.row[column] ?? ''));
  const shared = targets.filter(({ salt }) => salt === undefined);
  const sizes = [...new Set(shared.map(({ digest }) => digest.length))];
  const sharedSalts = withDigests(salts);
  const own = targets.flatMap((target) => {
    if (target.salt === undefined) return [];
    const terms = distinct(termsOf(target.salt.text, 'salt', {}));
    return [groupOf([target], terms, withDigests(terms), true)];
  });
  return [
    ...sizes.map((bytes) =>
      groupOf(
        shared.filter(({ digest }) => digest.length === bytes),
        salts,
        sharedSalts,
        false,
      ),
    ),
    ...own,
  ];
}

function groupOf(
  targets: readonly Target[],
  salts: readonly Term[],
  saltsAndDigests: readonly Term[],
  ownSalt: boolean,
): Group {
  const joined = targets.some(({ salt }) => salt?.separator === '');
  return { bytes: targets[0]?.digest.length ?? 0, targets, salts, saltsAndDigests, ownSalt, joined };
}

/** One digest and where in it the column's part begins. */
export interface Cut {
  readonly name: string;
  readonly start: number;
  readonly whole: boolean;
}

/** The digests of exactly this length, then those of which so much may have been kept. */
export function cutsOf(bytes: number, whole: boolean): Cut[] {
  if (bytes < FEWEST_BYTES) return [];
  const cuts: Cut[] = [];
  for (const [name, digest] of DIGESTS) {
    if (whole && digest.bytes === bytes) cuts.push({ name, start: 0, whole });
    if (whole || digest.bytes <= bytes || !USUALLY_CUT.has(name)) continue;
    cuts.push({ name, start: 0, whole });
    // The sixteen digits in the middle of MD5, as ASP software kept them.
    if (name === 'md5' && bytes === 8) cuts.push({ name, start: 4, whole });
  }
  return cuts;
}

const USUALLY_CUT = new Set(['md5', 'sha1', 'sha256', 'sha512']);

/** Readings of a standard length are tried first. */
export const isWhole = ({ bytes }: Pick<Group, 'bytes'>): boolean => DIGEST_SIZES.includes(bytes);

/** The names beside a group's salts. */
export const otherColumns = (question: Question): Term[] => columnTerms(question, 'username');
