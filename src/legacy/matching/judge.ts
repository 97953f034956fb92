import type { LegacyId } from '../../domain/ids.ts';
import type { LegacyRow } from '../mapping/row.ts';
import type { LegacyOptions } from '../options.ts';
import { sameName } from './login-name.ts';

/** How many rows each login column is asked for; see docs/decisions/0002-candidates-per-login-name.md. */
export const CANDIDATES = 8;

/** A row that the database holds for a match of one login column. */
export interface Candidate {
  readonly id: LegacyId;
  /** The login column that it was found by, as its place in the options. */
  readonly login: number;
  /** What stands in that column. */
  readonly name: string;
  readonly row: LegacyRow;
  /** The row is still there, and the person is not. */
  readonly deleted?: boolean;
}

export type Judgement =
  | { readonly kind: 'one'; readonly candidate: Candidate }
  | { readonly kind: 'none' }
  | { readonly kind: 'ambiguous'; readonly legacyIds: readonly LegacyId[] };

/** Decides whose login name was typed, from all rows that the database found by any login column. */
export function judge(
  rule: LegacyOptions['match'],
  identifier: string,
  candidates: readonly Candidate[],
): Judgement {
  const matching = candidates.filter(
    ({ name, deleted }) => deleted !== true && sameName(rule, identifier, name),
  );
  const ids = new Set(matching.map(({ id }) => id));
  // The same person by username and by e-mail is one; twice by the same column is a key that is not unique.
  const seen = new Set(matching.map(({ id, login }) => `${login} ${id}`));
  if (isCut(candidates) || ids.size > 1 || seen.size < matching.length) {
    const named = matching.length > 0 ? matching : candidates;
    return { kind: 'ambiguous', legacyIds: [...new Set(named.map(({ id }) => id))] };
  }
  const [candidate] = matching;
  return candidate === undefined ? { kind: 'none' } : { kind: 'one', candidate };
}

/** More rows than were asked for may exist, and any of them may be the person. */
function isCut(candidates: readonly Candidate[]): boolean {
  const counts = new Map<number, number>();
  for (const { login } of candidates) counts.set(login, (counts.get(login) ?? 0) + 1);
  return [...counts.values()].some((count) => count >= CANDIDATES);
}
