import { BridgeError } from '../../domain/errors.ts';
import type { Clock } from '../../runtime/clock.ts';
import { missingColumns } from '../checks/columns.ts';
import type { LegacyOptions } from '../options.ts';

/** A column that changes its collation keeps answering rightly; this is how long it may miss its index. */
export const FRESH_FOR_MS = 300_000;

/** What is known of the table's columns: asked when first needed, and again after a while or after a fault. */
export interface KnownTable<Columns> {
  /** @throws BridgeError `legacy_unavailable` when the table or a mapped column is missing; the driver's errors */
  columns(): Promise<Columns>;
  forget(): void;
}

/** @param readColumns asks the database; an empty map where there is no such table */
export function createKnownTable<Columns extends ReadonlyMap<string, { readonly name: string }>>(
  options: LegacyOptions,
  clock: Clock,
  readColumns: () => Promise<Columns>,
): KnownTable<Columns> {
  let known: { readonly columns: Promise<Columns>; readonly until: number } | undefined;

  async function read(): Promise<Columns> {
    const columns = await readColumns();
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

export function namesOf(columns: ReadonlyMap<string, { readonly name: string }>): string[] {
  return [...columns.values()].map(({ name }) => name);
}

function unavailable(found: string): BridgeError {
  return new BridgeError('legacy_unavailable', `${found}. \`footbridge check\` says what to do.`);
}
