import type { LegacyDeps, LegacyDirectory } from '../directory.ts';
import type { Cell } from '../mapping/cell.ts';
import { joinedTables } from '../mapping/joins.ts';
import { parseTableName } from '../mapping/table-name.ts';
import { createDirectory } from '../matching/create-directory.ts';
import type { LegacyOptions } from '../options.ts';
import { parseAddress } from './address.ts';
import { checkMysql } from './check.ts';
import { isAboutTheTable, toFault } from './faults.ts';
import { createJoinedTables } from './joined-tables.ts';
import { createKnownTable } from './known-table.ts';
import { createQuestions } from './questions.ts';
import {
  findByIdStatement,
  findStatement,
  joinedStatement,
  type Statement,
  sampleStatement,
} from './statements.ts';

/**
 * The legacy directory in MySQL or MariaDB. Connects when first asked. Nothing but SELECT is ever sent, apart from
 * SHOW GRANTS in `check`.
 *
 * @throws BridgeError `configuration_invalid` for a URL or a table's name that cannot be read
 */
export function createMysqlDirectory(options: LegacyOptions, deps: LegacyDeps): LegacyDirectory {
  const address = parseAddress(options.url.reveal());
  const questions = createQuestions(address, options);
  const table = createKnownTable(options, questions, deps.clock);
  const place = { server: address.socketPath ?? `${address.host}:${address.port}`, table: options.table };

  async function ask(
    statement: (columns: Awaited<ReturnType<typeof table.columns>>) => Statement | undefined,
  ): Promise<Cell[][]> {
    try {
      const wanted = statement(await table.columns());
      return wanted === undefined ? [] : await questions.ask(wanted.sql, wanted.texts);
    } catch (error) {
      if (isAboutTheTable(error)) table.forget();
      throw toFault(error, place);
    }
  }

  const joinedColumns = createJoinedTables(questions, deps.clock);
  for (const joined of joinedTables(options)) parseTableName(joined.table);

  return createDirectory(options, deps, {
    async joined(joined, keys) {
      try {
        const wanted = joinedStatement(options, joined, await joinedColumns.columns(joined), keys);
        return wanted === undefined ? [] : await questions.ask(wanted.sql, wanted.texts);
      } catch (error) {
        if (isAboutTheTable(error)) joinedColumns.forget();
        throw toFault(error, { ...place, table: joined.table });
      }
    },
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
    check: () => checkMysql(options, questions, place, deps.clock),
    close: () => questions.close(),
  });
}
