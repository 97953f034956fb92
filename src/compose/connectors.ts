import type { LegacyDirectories } from '../legacy/directories.ts';
import type { LegacyDirectory } from '../legacy/directory.ts';
import { createDirectories } from '../legacy/matching/create-directories.ts';
import { createMysqlDirectory } from '../legacy/mysql/create-mysql-directory.ts';
import type { LegacyOptions } from '../legacy/options.ts';
import { createPostgresDirectory } from '../legacy/postgres/create-postgres-directory.ts';
import { createSqliteDirectory } from '../legacy/sqlite/create-sqlite-directory.ts';
import type { TargetOptions } from '../targets/options.ts';
import { createSqlTarget } from '../targets/sql/create-sql-target.ts';
import type { Target } from '../targets/target.ts';
import type { World } from './world.ts';

/** @param list in the order in which they are to be asked */
export function openDirectories(list: readonly LegacyOptions[], world: World): LegacyDirectories {
  return createDirectories(list.map((options) => openDirectory(options, world)));
}

function openDirectory(options: LegacyOptions, world: World): LegacyDirectory {
  switch (options.kind) {
    case 'mysql':
      return createMysqlDirectory(options, world);
    case 'postgres':
      return createPostgresDirectory(options, world);
    case 'sqlite':
      return createSqliteDirectory(options, world);
  }
}

export function openTarget(name: string, options: TargetOptions): Target {
  switch (options.kind) {
    case 'sql':
      return createSqlTarget(name, options);
  }
}
