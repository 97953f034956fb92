import type { PutResult, Target } from '../target.ts';
import { checkTable } from './check.ts';
import { mappedColumns } from './columns.ts';
import type { Engine } from './engine.ts';
import { asResult } from './explain.ts';
import { deleteRow, setSwitch } from './lock-out.ts';
import { mysqlEngine } from './mysql/mysql-engine.ts';
import type { SqlTargetOptions } from './options.ts';
import { type Place, putRow } from './put.ts';
import { putRows } from './put-many.ts';
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

  async function onTable(work: (place: Place) => Promise<PutResult>): Promise<PutResult> {
    try {
      const table = await tableOrAbsence();
      if ('kind' in table) return table;
      return forgettingOnTrouble(await work({ db, engine, options, table }));
    } catch (error) {
      return forgettingOnTrouble(asResult(error, engine.explain(error), known));
    }
  }

  const { password, disable } = options;
  const hash = password?.hash;
  return {
    name,
    capabilities: {
      firstHash: hash !== undefined,
      laterHash: hash !== undefined,
      verify: false,
      disable: options.disable !== undefined,
      remove: options.allowDelete,
      encodings: hash === undefined ? [] : [hash],
      ...(password === undefined || password.legacyHashes.length === 0
        ? {}
        : { legacyHashes: { encodings: password.legacyHashes, weaker: password.allowWeaker } }),
    },
    put: (copy) => onTable((place) => putRow(place, copy)),
    async putMany(copies) {
      try {
        const table = await tableOrAbsence();
        if ('kind' in table) return copies.map(() => table);
        return (await putRows({ db, engine, options, table }, copies)).map(forgettingOnTrouble);
      } catch (error) {
        const result = forgettingOnTrouble(asResult(error, engine.explain(error), known));
        return copies.map(() => result);
      }
    },
    ...(disable === undefined
      ? {}
      : {
          disable: (externalId) => onTable((place) => setSwitch(place, disable, 'disabled', externalId)),
          enable: (externalId) => onTable((place) => setSwitch(place, disable, 'enabled', externalId)),
        }),
    ...(options.allowDelete
      ? { remove: (externalId) => onTable((place) => deleteRow(place, externalId)) }
      : {}),
    check: () => checkTable({ name, db, engine, options }),
    close: () => db.destroy(),
  };

  /** Whoever mends the table should not have to restart the courier. */
  function forgettingOnTrouble(result: PutResult): PutResult {
    if (result.kind !== 'created' && result.kind !== 'updated') known = undefined;
    return result;
  }
}

function engineOf(options: SqlTargetOptions): Engine {
  return options.url.reveal().startsWith('sqlite:') ? sqliteEngine(options) : mysqlEngine(options);
}
