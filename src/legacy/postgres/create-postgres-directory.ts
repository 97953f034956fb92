import { type Cell, textOf } from '../../domain/cell.ts';
import { askInOrder } from '../asking/ask-in-order.ts';
import { createJoinedTables } from '../asking/joined-tables.ts';
import { createKnownTable } from '../asking/known-table.ts';
import { checkServers } from '../checks/servers.ts';
import type { LegacyDeps, LegacyDirectory } from '../directory.ts';
import { keyTextOf } from '../mapping/cell.ts';
import { joinedTables } from '../mapping/joins.ts';
import { parseTableName } from '../mapping/table-name.ts';
import { createDirectory } from '../matching/create-directory.ts';
import type { LegacyOptions } from '../options.ts';
import { parseAddress } from './address.ts';
import { checkPostgres } from './check.ts';
import { readColumns, type TableColumns } from './columns.ts';
import { isAboutTheTable, isOut, isUnwritable, toFault } from './faults.ts';
import { changedStatement, pageStatement } from './page-statements.ts';
import { createQuestions } from './questions.ts';
import {
  countStatement,
  findByIdStatement,
  findManyStatement,
  findStatement,
  joinedStatement,
  type Statement,
  sampleStatement,
} from './statements.ts';

/**
 * The legacy directory in PostgreSQL. Connects when first asked. Every session is read-only, and nothing but SELECT is
 * ever sent, apart from EXPLAIN in `check`.
 *
 * @throws BridgeError `configuration_invalid` for a URL or a table's name that cannot be read
 */
export function createPostgresDirectory(options: LegacyOptions, deps: LegacyDeps): LegacyDirectory {
  const addresses = options.url.map((url) => parseAddress(url.reveal()));
  const open = (connections: number, settings: Readonly<Record<string, string>>) =>
    addresses.map((address) => ({
      name: `${address.host}:${address.port}`,
      questions: createQuestions(address, { ...options, connections }, settings),
    }));
  const inOrder = (list: ReturnType<typeof open>) =>
    askInOrder(
      list.map((server) => server.questions),
      { clock: deps.clock, isOut },
    );
  const servers = open(options.connections, {});
  const questions = inOrder(servers);
  const name = parseTableName(options.table);
  const table = createKnownTable(options, deps.clock, () => readColumns(questions, name));
  const further = createJoinedTables(joinedTables(options), deps.clock, (other) =>
    readColumns(questions, other),
  );
  const place = { server: servers.map(({ name }) => name).join(', '), table: options.table };

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
    async joined(joined, keys) {
      try {
        const wanted = joinedStatement(options, joined, await further.columns(joined), keys);
        return wanted === undefined ? [] : await questions.ask(wanted.sql, wanted.texts);
      } catch (error) {
        if (isUnwritable(error)) return [];
        if (isAboutTheTable(error)) further.forget();
        throw toFault(error, { ...place, table: joined.table });
      }
    },
    byId: (id) => ask((columns) => findByIdStatement(options, columns, id)),
    byIds: (ids, limit) => ask((columns) => findManyStatement(options, columns, ids, limit)),
    some: (limit) => ask((columns) => sampleStatement(options, columns, limit)),
    async page(after, limit) {
      const rows = await ask((columns) => pageStatement(options, columns, after, limit));
      return rows.map((cells) => ({ cells, cursor: keyTextOf(cells[0]) ?? '' }));
    },
    async changed(since, limit) {
      const rows = await ask((columns) => changedStatement(options, columns, since, limit));
      return rows.map(([at, ...cells]) => ({
        at: textOf(at) ?? '',
        cells,
        cursor: keyTextOf(cells[0]) ?? '',
      }));
    },
    async count() {
      const { sql, texts } = countStatement(options);
      try {
        const [[rows] = []] = await questions.ask(sql, texts);
        return rows === null || rows === undefined ? undefined : Number(rows);
      } catch (error) {
        throw toFault(error, place);
      }
    },
    async ping() {
      try {
        await questions.ask('SELECT 1');
      } catch (error) {
        throw toFault(error, place);
      }
    },
    check: async () => [
      ...(await checkPostgres(
        options,
        { questions, place, openPlanner: (settings) => inOrder(open(1, settings)) },
        deps.clock,
      )),
      ...(await checkServers(servers, (error, server) => toFault(error, { ...place, server }).message)),
    ],
    close: () => questions.close(),
  });
}
