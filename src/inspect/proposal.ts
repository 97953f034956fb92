import { BridgeError } from '../domain/errors.ts';
import type { SourceRow, TableDefinition } from '../domain/table-source.ts';
import { chooseColumns } from './columns/choose-columns.ts';
import type { ColumnFacts } from './columns/facts.ts';
import type { KnownLayout, LayoutMatch, LayoutView, PeopleTerms, Seen } from './known-layout.ts';
import type { LegacyBlock, Reasons } from './legacy-block.ts';

/** What was made of a table, and why. */
export interface Proposal {
  readonly legacy: LegacyBlock;
  readonly reasons: Reasons;
  readonly notes: readonly string[];
  readonly view?: LayoutView;
  readonly people?: PeopleTerms;
}

export interface Recognised {
  readonly layout: KnownLayout;
  readonly match: LayoutMatch;
}

/** By what the software is known to do; it is told apart from a reading by names alone. */
export function proposeKnown({ layout, match }: Recognised, rows: readonly SourceRow[]): Proposal {
  const { password } = layout.legacy(match, () => false).legacy as { password?: { column?: unknown } };
  const column = String(password?.column);
  const seen: Seen = (pattern) => rows.some((row) => pattern.test(row.get(column) ?? ''));
  const { legacy, ...rest } = layout.legacy(match, seen);
  return { ...rest, legacy: legacy as LegacyBlock, reasons: {} };
}

/**
 * By the names of the columns and by what stands in them.
 *
 * @throws BridgeError `invalid_request` when the table lacks what a login needs
 */
export function proposeUnknown(table: TableDefinition, facts: readonly ColumnFacts[]): Proposal {
  const found = chooseColumns(table, facts);
  if ('legacy' in found) return { ...found, notes: [] };
  throw new BridgeError('invalid_request', `${table.name} cannot be a table of users: ${found.join('; ')}.`);
}
