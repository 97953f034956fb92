import { BridgeError } from '../../domain/errors.ts';
import type { Clock } from '../../runtime/clock.ts';
import { joinedProblem } from '../checks/joins.ts';
import type { JoinedTable } from '../mapping/joins.ts';
import { parseTableName } from '../mapping/table-name.ts';
import { readColumns, type TableColumns } from './columns.ts';
import { FRESH_FOR_MS, namesOf } from './known-table.ts';
import type { Questions } from './questions.ts';

/** What is known of the columns of further tables: asked when first needed, and again after a while or a fault. */
export interface JoinedTables {
  /** @throws BridgeError `legacy_unavailable` when the table or a column is missing; the driver's errors */
  columns(joined: JoinedTable): Promise<TableColumns>;
  forget(): void;
}

export function createJoinedTables(questions: Questions, clock: Clock): JoinedTables {
  const known = new Map<string, { readonly columns: TableColumns; readonly until: number }>();
  return {
    async columns(joined) {
      const found = known.get(joined.mappedBy);
      if (found !== undefined && clock() <= found.until) return found.columns;
      const columns = await readColumns(questions, parseTableName(joined.table));
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
