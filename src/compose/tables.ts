import type { TableSource } from '../domain/table-source.ts';
import { createExportTables } from '../exports/create-export-tables.ts';
import type { Place } from '../inspect/configuration.ts';
import { createMysqlTables } from '../legacy/mysql/create-mysql-tables.ts';
import { createPostgresTables } from '../legacy/postgres/create-postgres-tables.ts';
import { createSqliteTables } from '../legacy/sqlite/create-sqlite-tables.ts';
import type { World } from './world.ts';

/** Tables to look at, and where a bridge would read them afterwards. */
export interface OpenedTables {
  readonly source: TableSource;
  readonly place: Place;
  /** The command that brings an exported file to where `place` says; undefined for a database. */
  readonly load: string | undefined;
}

/** Called now and then while an export is read, with the bytes read and those to read. */
export type OnBytes = (read: number, total: number | undefined) => void;

/** Where `footbridge load` is told to put an export: beside the configuration. */
const LOADED = 'legacy.sqlite';

/** A URL with a password in it does not go into a file that is passed around. */
const FROM_ENVIRONMENT = `\${LEGACY_DATABASE_URL}`;

/**
 * @param where a database's URL, or the path of an exported file
 * @param folder of the configuration
 * @throws BridgeError `configuration_invalid`
 */
export function openTables(where: string, folder: string, world: World, onBytes?: OnBytes): OpenedTables {
  if (/^(mysql|mariadb):/i.test(where)) {
    return {
      source: createMysqlTables(where),
      place: { kind: 'mysql', url: FROM_ENVIRONMENT },
      load: undefined,
    };
  }
  if (/^(postgres|postgresql):/i.test(where)) {
    const place = { kind: 'postgres', url: FROM_ENVIRONMENT } as const;
    return { source: createPostgresTables(where), place, load: undefined };
  }
  if (where.startsWith('sqlite:')) {
    return {
      source: createSqliteTables(where, world),
      place: { kind: 'sqlite', url: where },
      load: undefined,
    };
  }
  return {
    source: createExportTables(where, {}, onBytes),
    place: { kind: 'sqlite', url: `sqlite:${folder}/${LOADED}` },
    load: `footbridge load ${where} --into ${folder}/${LOADED}`,
  };
}
