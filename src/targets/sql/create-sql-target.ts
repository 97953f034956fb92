import { BridgeError } from '../../domain/errors.ts';
import type { Foresight, PasswordCheck, PutResult, Target } from '../target.ts';
import { capabilitiesOf } from './capabilities.ts';
import { checkTable } from './check.ts';
import { mappedColumns } from './columns.ts';
import type { Engine } from './engine.ts';
import { asResult } from './explain.ts';
import { foreseeRow } from './foresee.ts';
import { deleteRow, setSwitch } from './lock-out.ts';
import { mysqlEngine } from './mysql/mysql-engine.ts';
import type { SqlTargetOptions } from './options.ts';
import { type Place, previewRow, putRow } from './put.ts';
import { putRows } from './put-many.ts';
import { sqliteEngine } from './sqlite/sqlite-engine.ts';
import { columnOf, type Table } from './table.ts';
import { verifyRow } from './verify.ts';

/**
 * A table of users in MySQL, MariaDB or SQLite. Connects when it is first asked.
 *
 * @param check without it nobody's password can be verified
 */
export function createSqlTarget(name: string, options: SqlTargetOptions, check?: PasswordCheck): Target {
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

  const { disable } = options;
  const capabilities = capabilitiesOf(options);
  const canVerify = capabilities.verify && check !== undefined;
  return {
    name,
    capabilities: { ...capabilities, verify: canVerify },
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
    async foresee(copy) {
      try {
        const table = await tableOrAbsence();
        if ('kind' in table) return asForesight(table);
        return await foreseeRow({ db, engine, options, table }, copy);
      } catch (error) {
        return asForesight(asResult(error, engine.explain(error), known));
      }
    },
    ...(canVerify && {
      async verify(externalId: string, password: Uint8Array) {
        try {
          return await verifyRow({ db, options }, externalId, password, check);
        } catch (error) {
          if (error instanceof BridgeError) throw error;
          const result = asResult(error, engine.explain(error), known);
          return { kind: 'unavailable' as const, reason: 'reason' in result ? result.reason : '' };
        }
      },
    }),
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

const UNKNOWN_TABLE: Table = { columns: new Map(), uniqueIndexes: [] };

const reasonOf = (result: PutResult) => ('reason' in result ? result.reason : 'It could not be asked.');
/** Nothing was written, so a passing trouble says only that nobody can tell now. */
function asForesight(result: PutResult): Foresight {
  if (result.kind === 'conflict' || result.kind === 'rejected') return result;
  return { kind: 'unavailable', reason: 'reason' in result ? result.reason : '' };
}

function engineOf(options: SqlTargetOptions): Engine {
  return options.url.reveal().startsWith('sqlite:') ? sqliteEngine(options) : mysqlEngine(options);
}
