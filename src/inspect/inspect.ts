import type { CheckResult } from '../domain/check.ts';
import type { SourceRow, SourceTable, TableDefinition, TableSource } from '../domain/table-source.ts';
import { type ColumnFacts, collectFacts } from './columns/facts.ts';
import { takeCensus } from './findings/census.ts';
import { checkIndex, type Place } from './findings/check-indexes.ts';
import { checkPasswords } from './findings/check-passwords.ts';
import { checkStatus } from './findings/check-status.ts';
import { checkValues } from './findings/check-values.ts';
import type { Inspection } from './inspection.ts';
import type { LayoutView } from './known-layout.ts';
import type { LegacyBlock } from './legacy-block.ts';
import { isPerson } from './people.ts';
import { type Proposal, proposeKnown, proposeUnknown, type Recognised } from './proposal.ts';
import { recognise } from './recognise.ts';
import { bestTable, rankTables, tableNamed } from './tables/choose-table.ts';

export interface InspectOptions {
  /** The operator's own choice; undefined: the table that looks most like the users. */
  readonly table?: string | undefined;
  /** How many rows are read at the most. */
  readonly maxRows: number;
}

/**
 * Finds out what an old user table means: which table, which columns, which ways of hashing, what is odd; and writes
 * it down as the `legacy` part of a configuration.
 *
 * @throws BridgeError `not_found` when there is no such table or none that looks like users; `invalid_request` when
 * the table lacks what a login needs; what the source throws
 */
export async function inspect(source: TableSource, options: InspectOptions): Promise<Inspection> {
  const tables = await source.tables();
  const ranked = rankTables(tables);
  const recognised = recogniseAmong(tables, options.table);
  const wanted = options.table ?? recognised?.match.table.name;
  const table = wanted === undefined ? bestTable(ranked, tables) : tableNamed(tables, wanted);

  const all = await readRows(source, table, options);
  const proposal =
    recognised === undefined ? proposeUnknown(table, factsOf(table, all)) : proposeKnown(recognised, all);
  const { legacy, view, people = [] } = proposal;
  const rows = all.filter((row) => isPerson(people, row));
  const facts = factsOf(table, rows);
  const census = takeCensus(rows, table, legacy, view);
  return {
    table,
    software: recognised?.layout.software,
    alternatives: ranked.filter(({ name }) => name !== table.name).map(({ name }) => name),
    rowsRead: all.length,
    rowsTotal: tables.find(({ definition }) => definition === table)?.rows,
    census: census?.lines ?? [],
    findings: [
      ...(census === undefined ? [seenLater(legacy)] : checkPasswords(census, legacy)),
      ...legacy.login.flatMap((column) => checkIndex(below(column, { table, tables, view }), column, people)),
      ...(rows.length < all.length ? [leftOut(all.length - rows.length, all.length, legacy)] : []),
      ...checkValues(facts, legacy),
      // What a known software keeps beside its own status is known, and is none.
      ...(recognised === undefined ? checkStatus(facts, legacy) : []),
    ],
    legacy,
    reasons: proposal.reasons,
    notes: proposal.notes,
    view: viewToMake(proposal, tables),
  };
}

/** The operator's choice of a table may be one of several that a known software made, or none of its. */
function recogniseAmong(tables: readonly SourceTable[], wanted: string | undefined): Recognised | undefined {
  const all = tables.map(({ definition }) => definition);
  const found = recognise(all);
  if (wanted === undefined || found?.match.table.name.toLowerCase() === wanted.toLowerCase()) return found;
  return recognise(all.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase()));
}

async function readRows(source: TableSource, table: TableDefinition, { maxRows }: InspectOptions) {
  const rows: SourceRow[] = [];
  for await (const row of source.rows(table, maxRows)) rows.push(row);
  return rows;
}

function factsOf(table: TableDefinition, rows: readonly SourceRow[]): ColumnFacts[] {
  const collector = collectFacts(table.columns);
  for (const row of rows) collector.add(row);
  return collector.facts();
}

/** The table and the column that a column of the configuration comes from: below a view it may be another one. */
function below(
  column: string,
  {
    table,
    tables,
    view,
  }: { table: TableDefinition; tables: readonly SourceTable[]; view: LayoutView | undefined },
): Place {
  const from = view?.from[column];
  const other = tables.find(({ definition }) => definition.name === from?.table)?.definition;
  return { table: other ?? table, column: from?.column ?? column };
}

const leftOut = (rows: number, all: number, { where }: LegacyBlock): CheckResult => ({
  level: 'ok',
  about: 'legacy.where',
  found: `${rows} of ${all} rows are nobody of this directory, and were not looked at any further: they are not ${where}.`,
});

const seenLater = ({ table }: LegacyBlock): CheckResult => ({
  level: 'ok',
  about: 'legacy.password',
  found: `How the passwords are hashed shows through the view ${table}: footbridge check counts them once it is there.`,
});

/** Undefined as well when it has been made already. */
function viewToMake({ view }: Proposal, tables: readonly SourceTable[]): LayoutView | undefined {
  return tables.some(({ definition }) => definition.name === view?.name) ? undefined : view;
}
