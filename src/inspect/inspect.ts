import { BridgeError } from '../domain/errors.ts';
import type { SourceRow, TableDefinition, TableSource } from '../domain/table-source.ts';
import { chooseColumns } from './columns/choose-columns.ts';
import { type ColumnFacts, collectFacts } from './columns/facts.ts';
import { takeCensus } from './findings/census.ts';
import { checkIndexes } from './findings/check-indexes.ts';
import { checkPasswords } from './findings/check-passwords.ts';
import { checkStatus } from './findings/check-status.ts';
import { checkValues } from './findings/check-values.ts';
import type { Inspection } from './inspection.ts';
import { recogniseLayout } from './known-layout.ts';
import type { Proposal } from './legacy-block.ts';
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
  const layout =
    options.table === undefined ? recogniseLayout(tables.map(({ definition }) => definition)) : undefined;
  const ranked = rankTables(tables);
  const table =
    options.table === undefined
      ? (layout?.table ?? bestTable(ranked, tables))
      : tableNamed(tables, options.table);
  const known = layout ?? recogniseLayout([table]);

  const { rows, facts } = await readRows(source, table, options);
  const proposal = known ?? propose(table, facts);
  const { legacy } = proposal;
  const census = takeCensus(rows, table, legacy);
  return {
    table,
    software: known?.software,
    alternatives: ranked.filter(({ name }) => name !== table.name).map(({ name }) => name),
    rowsRead: rows.length,
    rowsTotal: tables.find(({ definition }) => definition === table)?.rows,
    census: census.lines,
    findings: [
      ...checkPasswords(census, legacy),
      ...checkIndexes(table, legacy.login),
      ...checkValues(facts, legacy),
      ...checkStatus(facts, legacy),
    ],
    legacy,
    reasons: proposal.reasons,
    notes: known?.notes ?? [],
  };
}

async function readRows(source: TableSource, table: TableDefinition, { maxRows }: InspectOptions) {
  const rows: SourceRow[] = [];
  const collector = collectFacts(table.columns);
  for await (const row of source.rows(table, maxRows)) {
    collector.add(row);
    rows.push(row);
  }
  return { rows, facts: collector.facts() };
}

function propose(table: TableDefinition, facts: readonly ColumnFacts[]): Proposal {
  const found = chooseColumns(table, facts);
  if ('legacy' in found) return found;
  throw new BridgeError('invalid_request', `${table.name} cannot be a table of users: ${found.join('; ')}.`);
}
