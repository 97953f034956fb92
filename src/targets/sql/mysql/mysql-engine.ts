import { Kysely, MysqlDialect, sql } from 'kysely';
import { createPool } from 'mysql2';
import { boundedPool } from '../../../runtime/bounded-mysql-pool.ts';
import type { Engine } from '../engine.ts';
import type { SqlTargetOptions } from '../options.ts';
import { columnOf } from '../table.ts';
import { describeTable } from './describe.ts';
import { explainMysql } from './explain-mysql.ts';

const CONNECTIONS = 10;

/** MySQL, MariaDB, and what speaks like them. */
export function mysqlEngine({ url, table, timeoutMs }: SqlTargetOptions): Engine {
  return {
    open() {
      const pool = createPool({
        uri: url.reveal().replace(/^mariadb:/, 'mysql:'),
        charset: 'utf8mb4',
        connectionLimit: CONNECTIONS,
        connectTimeout: timeoutMs,
        enableKeepAlive: true,
        // Dates come as the text they are, so that they compare with what is wanted.
        dateStrings: true,
        supportBigNumbers: true,
      });
      return new Kysely({ dialect: new MysqlDialect({ pool: boundedPool(pool, timeoutMs) }) });
    },
    describe: (db) => describeTable(db, table),
    likelyEqual(known, column, value) {
      // A case-insensitive collation finds it by an index; another one needs a look at every row.
      if (columnOf(known, column)?.ignoresCase) return sql<boolean>`${sql.id(column)} = ${value}`;
      return sql<boolean>`lower(${sql.id(column)}) = lower(${value})`;
    },
    explain: explainMysql,
  };
}
