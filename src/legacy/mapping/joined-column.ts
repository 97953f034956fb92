import type { LegacyOptions } from '../options.ts';

export interface JoinedColumn {
  /** The name of the join. */
  readonly join: string;
  /** The column's own name in the joined table. */
  readonly column: string;
}

/** What `details.phone` names where `details` is a join; undefined for a column of the users' own table. */
export function joinOf(options: Pick<LegacyOptions, 'joins'>, column: string): JoinedColumn | undefined {
  const dot = column.indexOf('.');
  const join = column.slice(0, Math.max(dot, 0));
  return dot > 0 && Object.hasOwn(options.joins, join) ? { join, column: column.slice(dot + 1) } : undefined;
}
