import type { PutResult, Target } from '../target.ts';
import { checkTable } from './check.ts';
import { mappedColumns } from './columns.ts';
import type { Engine } from './engine.ts';
import { asResult } from './explain.ts';
import { mysqlEngine } from './mysql/mysql-engine.ts';
import type { SqlTargetOptions } from './options.ts';
import { previewRow, putRow } from './put.ts';
import { sqliteEngine } from './sqlite/sqlite-engine.ts';
import { columnOf, type Table } from './table.ts';

/** A table of users in MySQL, MariaDB or SQLite. Connects when it is first asked. */
export function createSqlTarget(name: string, options: SqlTargetOptions): Target {
  const engine = engineOf(options);
  const db = engine.open();
  let known: Table | undefined;

  async function tableOrAbsence(): Promise<Table | PutResult> {
    known ??= await engine.describe(db);
    const table = known;
    if (table === undefined) {
      return { kind: 'unavailable', reason: `There is no table ${options.table} that the account may see.` };
    }
    const missing = mappedColumns(options).filter((column) => columnOf(table, column) === undefined);
    if (missing.length === 0) return table;
    known = undefined;
    return {
      kind: 'unavailable',
      reason: `Table ${options.table} has no column ${missing.join(', ')} that the account may see.`,
    };
  }

  const hash = options.password?.hash;
  return {
    name,
    capabilities: {
      firstHash: hash !== undefined,
      laterHash: hash !== undefined,
      verify: false,
      disable: false,
      remove: false,
      encodings: hash === undefined ? [] : [hash],
    },
    async put(copy) {
      try {
        const table = await tableOrAbsence();
        if ('kind' in table) return table;
        return forgettingOnTrouble(await putRow({ db, engine, options, table }, copy));
      } catch (error) {
        return forgettingOnTrouble(asResult(error, engine.explain(error), known));
      }
    },
    async preview(copy) {
      try {
        const table = await tableOrAbsence();
        if (!('kind' in table)) return { fields: previewRow({ options, table }, copy) };
        return { fields: previewRow({ options, table: UNKNOWN_TABLE }, copy), unsure: reasonOf(table) };
      } catch (error) {
        const unsure = reasonOf(asResult(error, engine.explain(error), known));
        return { fields: previewRow({ options, table: UNKNOWN_TABLE }, copy), unsure };
      }
    },
    check: () => checkTable({ name, db, engine, options }),
    close: () => db.destroy(),
  };

  /** Whoever mends the table should not have to restart the courier. */
  function forgettingOnTrouble(result: PutResult): PutResult {
    if (result.kind !== 'created' && result.kind !== 'updated') known = undefined;
    return result;
  }
}

const UNKNOWN_TABLE: Table = { columns: new Map(), uniqueIndexes: [] };

const reasonOf = (result: PutResult) => ('reason' in result ? result.reason : 'It could not be asked.');

function engineOf(options: SqlTargetOptions): Engine {
  return options.url.reveal().startsWith('sqlite:') ? sqliteEngine(options) : mysqlEngine(options);
}
