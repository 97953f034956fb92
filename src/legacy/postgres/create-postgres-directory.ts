import { createKnownTable } from '../asking/known-table.ts';
import type { LegacyDeps, LegacyDirectory } from '../directory.ts';
import type { Cell } from '../mapping/cell.ts';
import { parseTableName } from '../mapping/table-name.ts';
import { createDirectory } from '../matching/create-directory.ts';
import type { LegacyOptions } from '../options.ts';
import { parseAddress } from './address.ts';
import { checkPostgres } from './check.ts';
import { readColumns, type TableColumns } from './columns.ts';
import { isAboutTheTable, isUnwritable, toFault } from './faults.ts';
import { createQuestions } from './questions.ts';
import { findByIdStatement, findStatement, type Statement, sampleStatement } from './statements.ts';

/**
 * The legacy directory in PostgreSQL. Connects when first asked. Every session is read-only, and nothing but SELECT is
 * ever sent, apart from EXPLAIN in `check`.
 *
 * @throws BridgeError `configuration_invalid` for a URL or a table's name that cannot be read
 */
export function createPostgresDirectory(options: LegacyOptions, deps: LegacyDeps): LegacyDirectory {
  const address = parseAddress(options.url.reveal());
  const questions = createQuestions(address, options);
  const name = parseTableName(options.table);
  const table = createKnownTable(options, deps.clock, () => readColumns(questions, name));
  const place = { server: `${address.host}:${address.port}`, table: options.table };

  async function ask(statement: (columns: TableColumns) => Statement | undefined): Promise<Cell[][]> {
    try {
      const wanted = statement(await table.columns());
      return wanted === undefined ? [] : await questions.ask(wanted.sql, wanted.texts);
    } catch (error) {
      if (isUnwritable(error)) return [];
      if (isAboutTheTable(error)) table.forget();
      throw toFault(error, place);
    }
  }

  return createDirectory(options, deps, {
    async byLogin(identifier) {
      const rows = await ask((columns) => findStatement(options, columns, identifier));
      return rows.map(([login, ...cells]) => ({ login: Number(login), cells }));
    },
    byId: (id) => ask((columns) => findByIdStatement(options, columns, id)),
    some: (limit) => ask((columns) => sampleStatement(options, columns, limit)),
    async ping() {
      try {
        await questions.ask('SELECT 1');
      } catch (error) {
        throw toFault(error, place);
      }
    },
    check: () => checkPostgres(options, { address, questions, place }, deps.clock),
    close: () => questions.close(),
  });
}
