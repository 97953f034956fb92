import type { Config } from '../config/schema.ts';
import type { CheckResult } from '../domain/check.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import { parseTableName } from '../legacy/mapping/table-name.ts';
import { parseAddress as parseMysql } from '../legacy/mysql/address.ts';
import { columnNamed as mysqlColumn, readColumns as readMysql } from '../legacy/mysql/columns.ts';
import { equals, keyComparison as mysqlKey } from '../legacy/mysql/comparison.ts';
import { parseGrant } from '../legacy/mysql/grants.ts';
import * as mysqlNames from '../legacy/mysql/names.ts';
import type { LegacyOptions } from '../legacy/options.ts';
import { parseAddress as parsePostgres } from '../legacy/postgres/address.ts';
import { columnNamed as postgresColumn, readColumns as readPostgres } from '../legacy/postgres/columns.ts';
import { keyComparison as postgresKey } from '../legacy/postgres/comparison.ts';
import * as postgresNames from '../legacy/postgres/names.ts';
import { createSqliteFile } from '../legacy/sqlite/open-file.ts';
import type { OldFormats } from '../passwords/remake.ts';
import { createWriteBack, type OpenedColumn } from '../writeback/create-write-back.ts';
import { createMysqlColumn } from '../writeback/mysql/create-mysql-column.ts';
import type { MysqlDialect } from '../writeback/mysql/dialect.ts';
import type { DirectoryWriteBack } from '../writeback/options.ts';
import type { PasswordColumn, Place } from '../writeback/password-column.ts';
import { createPostgresColumn } from '../writeback/postgres/create-postgres-column.ts';
import type { PostgresDialect } from '../writeback/postgres/dialect.ts';
import { createSqliteColumn } from '../writeback/sqlite/create-sqlite-column.ts';
import type { WriteBack } from '../writeback/write-back.ts';
import type { World } from './world.ts';

/** @returns undefined unless the configuration turns write-back on for some directory */
export function openWriteBack(
  config: Config,
  directories: LegacyDirectories,
  passwords: OldFormats,
  world: World,
): WriteBack | undefined {
  const columns = new Map(openColumns(config, world));
  return columns.size === 0 ? undefined : createWriteBack({ directories, passwords, columns });
}

/** Whether the second accounts may write these columns, and nothing else. */
export async function checkWriteBack(config: Config, world: World): Promise<CheckResult[]> {
  const opened = openColumns(config, world);
  try {
    return (await Promise.all(opened.map(([, { column }]) => column.check()))).flat();
  } finally {
    await Promise.all(opened.map(([, { column }]) => column.close()));
  }
}

function openColumns(config: Config, world: World): (readonly [string, OpenedColumn])[] {
  return config.legacy.flatMap((legacy) => {
    const options = config.writeBack[legacy.name];
    if (options === undefined) return [];
    return [[legacy.name, { options, column: openColumn(legacy, options, world) }] as const];
  });
}

/**
 * The password column of one directory, by its second account.
 *
 * @throws BridgeError `configuration_invalid`
 */
function openColumn(legacy: LegacyOptions, options: DirectoryWriteBack, world: World): PasswordColumn {
  const salt = options.salt ?? legacy.password.salt;
  const place: Place = {
    directory: legacy.name,
    table: options.table ?? legacy.table,
    id: options.id ?? legacy.id,
    column: options.column ?? legacy.password.column,
    salt: options.freshSalt ? salt : undefined,
  };
  const { timeoutMs } = options;
  const url = options.url.reveal();
  const setting = `writeBack.${legacy.name}.url`;
  switch (legacy.kind) {
    case 'mysql':
      return createMysqlColumn(place, { address: parseMysql(url, setting), timeoutMs }, mysqlDialect);
    case 'postgres':
      return createPostgresColumn(
        place,
        { address: parsePostgres(url, setting), timeoutMs },
        postgresDialect,
      );
    case 'sqlite':
      return createSqliteColumn(place, {
        path: createSqliteFile(url, timeoutMs, world.clock).path,
        timeoutMs,
      });
  }
}

const noClosing = async () => {};

export const mysqlDialect: MysqlDialect = {
  quoteName: mysqlNames.quoteName,
  quoteTable: (name) => mysqlNames.quoteTable(parseTableName(name)),
  parseGrant,
  async keyCondition(ask, { table, id }) {
    const columns = await readMysql({ ask, close: noClosing }, parseTableName(table));
    const column = mysqlColumn(columns, id);
    const comparison = column && mysqlKey(column);
    return comparison && { condition: equals(comparison), accepts: comparison.accepts };
  },
};

export const postgresDialect: PostgresDialect = {
  quoteName: postgresNames.quoteName,
  quoteTable: (name) => postgresNames.quoteTable(parseTableName(name)),
  async keyCondition(ask, { table, id }, parameter) {
    const columns = await readPostgres({ ask, close: noClosing }, parseTableName(table));
    const column = postgresColumn(columns, id);
    const comparison = column && postgresKey(column);
    if (comparison === undefined) return undefined;
    const { left, operator, right, accepts } = comparison;
    return { condition: `${left} ${operator('=')} ${right(parameter)}`, accepts };
  },
};
