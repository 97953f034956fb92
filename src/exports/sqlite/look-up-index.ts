import type Database from 'better-sqlite3';
import type { LookUp } from '../load.ts';
import { quoteName } from './names.ts';

/** Makes an index that a look-up by this column goes through, unless there is one. */
export function makeLookUpIndex(database: Database.Database, { table, column, caseBlind }: LookUp): void {
  const collation = caseBlind ? 'NOCASE' : 'BINARY';
  const served = database
    .prepare<[string, string, string]>(
      `SELECT 1 FROM pragma_index_list(?) AS list, pragma_index_xinfo(list.name) AS part
        WHERE part.seqno = 0 AND lower(part.name) = lower(?) AND part.coll = ?`,
    )
    .get(table, column, collation);
  if (served !== undefined) return;
  const name = quoteName(`${table}_${column}_look_up`);
  database.exec(
    `CREATE INDEX IF NOT EXISTS ${name} ON ${quoteName(table)} (${quoteName(column)} COLLATE ${collation})`,
  );
}
