import type { CheckResult } from '../../domain/check.ts';
import type { JoinedTable } from '../mapping/joins.ts';

/** What keeps a further table from being read, as a sentence; undefined when all that is asked for is there. */
export function joinedProblem(joined: JoinedTable, names: readonly string[]): string | undefined {
  if (names.length === 0) {
    return `There is no table or view ${joined.table} that the account may read, as legacy.${joined.mappedBy} has it.`;
  }
  const present = new Set(names.map((name) => name.toLowerCase()));
  const asked = [joined.key, ...joined.items.flatMap((item) => (item.as === 'active' ? [] : [item.column]))];
  const missing = [...new Set(asked)].filter((column) => !present.has(column.toLowerCase()));
  return missing.length === 0
    ? undefined
    : `${joined.table} has no column ${missing.join(', ')} that the account may read.`;
}

export function checkJoinedTable(joined: JoinedTable, names: readonly string[]): CheckResult {
  const about = `legacy.${joined.mappedBy}`;
  const problem = joinedProblem(joined, names);
  if (problem === undefined) return { level: 'ok', about, found: `${joined.table} is there.` };
  const remedy = `Correct legacy.${joined.mappedBy}, or have SELECT on ${joined.table} granted.`;
  return { level: 'error', about, found: problem, remedy };
}
