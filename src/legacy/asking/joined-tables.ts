import { BridgeError } from '../../domain/errors.ts';
import type { Clock } from '../../runtime/clock.ts';
import { joinedProblem } from '../checks/joins.ts';
import type { JoinedTable } from '../mapping/joins.ts';
import { parseTableName, type TableName } from '../mapping/table-name.ts';
import { FRESH_FOR_MS, namesOf } from './known-table.ts';

/** What is known of the columns of further tables: asked when first needed, and again after a while or a fault. */
export interface JoinedTables<Columns> {
  /** @throws BridgeError `legacy_unavailable` when the table or a column is missing; the driver's errors */
  columns(joined: JoinedTable): Promise<Columns>;
  forget(): void;
}

/**
 * @param readColumns asks the database; an empty map where there is no such table
 * @throws BridgeError `configuration_invalid` for a table's name that cannot be read
 */
export function createJoinedTables<Columns extends ReadonlyMap<string, { readonly name: string }>>(
  tables: readonly JoinedTable[],
  clock: Clock,
  readColumns: (name: TableName) => Promise<Columns>,
): JoinedTables<Columns> {
  for (const { table } of tables) parseTableName(table);
  const known = new Map<string, { readonly columns: Columns; readonly until: number }>();
  return {
    async columns(joined) {
      const found = known.get(joined.mappedBy);
      if (found !== undefined && clock() <= found.until) return found.columns;
      const columns = await readColumns(parseTableName(joined.table));
      const problem = joinedProblem(joined, namesOf(columns));
      if (problem !== undefined) {
        throw new BridgeError('legacy_unavailable', `${problem} \`footbridge check\` says what to do.`);
      }
      known.set(joined.mappedBy, { columns, until: clock() + FRESH_FOR_MS });
      return columns;
    },
    forget() {
      known.clear();
    },
  };
}
