import { BridgeError } from '../../domain/errors.ts';
import type { Clock } from '../../runtime/clock.ts';
import { missingColumns } from '../checks/columns.ts';
import { parseTableName } from '../mapping/table-name.ts';
import type { LegacyOptions } from '../options.ts';
import { readColumns, type TableColumns } from './columns.ts';
import type { Questions } from './questions.ts';

/** A column that changes its collation keeps answering rightly; this is how long it may miss its index. */
export const FRESH_FOR_MS = 300_000;

/** What is known of the table's columns: asked when first needed, and again after a while or after a fault. */
export interface KnownTable {
  /** @throws BridgeError `legacy_unavailable` when the table or a mapped column is missing; the driver's errors */
  columns(): Promise<TableColumns>;
  forget(): void;
}

export function createKnownTable(options: LegacyOptions, questions: Questions, clock: Clock): KnownTable {
  let known: { readonly columns: Promise<TableColumns>; readonly until: number } | undefined;

  async function read(): Promise<TableColumns> {
    const columns = await readColumns(questions, parseTableName(options.table));
    const missing = missingColumns(options, namesOf(columns));
    if (columns.size === 0)
      throw unavailable(`There is no table or view ${options.table}, or nothing of it may be read`);
    if (missing.length > 0) {
      const names = missing.map(({ column }) => column).join(', ');
      throw unavailable(`${options.table} has no column ${names}, or the account may not read it`);
    }
    return columns;
  }

  return {
    async columns() {
      if (known === undefined || clock() > known.until) {
        known = { columns: read(), until: clock() + FRESH_FOR_MS };
      }
      const asked = known;
      try {
        return await asked.columns;
      } catch (error) {
        if (known === asked) known = undefined;
        throw error;
      }
    },
    forget() {
      known = undefined;
    },
  };
}

export function namesOf(columns: TableColumns): string[] {
  return [...columns.values()].map(({ name }) => name);
}

function unavailable(found: string): BridgeError {
  return new BridgeError('legacy_unavailable', `${found}. \`footbridge check\` says what to do.`);
}
