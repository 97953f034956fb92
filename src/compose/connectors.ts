import type { LegacyDirectories } from '../legacy/directories.ts';
import type { LegacyDirectory } from '../legacy/directory.ts';
import { createDirectories } from '../legacy/matching/create-directories.ts';
import { createMysqlDirectory } from '../legacy/mysql/create-mysql-directory.ts';
import type { LegacyOptions } from '../legacy/options.ts';
import { createPostgresDirectory } from '../legacy/postgres/create-postgres-directory.ts';
import { createSqliteDirectory } from '../legacy/sqlite/create-sqlite-directory.ts';
import type { TargetOptions } from '../targets/options.ts';
import { capabilitiesOf as sqlCapabilities } from '../targets/sql/capabilities.ts';
import { createSqlTarget } from '../targets/sql/create-sql-target.ts';
import type { PasswordCheck, Target, TargetCapabilities } from '../targets/target.ts';
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

/** @param check without it the target verifies nobody's password */
export function openTarget(name: string, options: TargetOptions, check?: PasswordCheck): Target {
  switch (options.kind) {
    case 'sql':
      return createSqlTarget(name, options, check);
  }
}

/** What the configured targets can take, by name; none of them is asked. */
export function capabilitiesOf(
  targets: Readonly<Record<string, TargetOptions>>,
): Map<string, TargetCapabilities> {
  const capabilities = (options: TargetOptions): TargetCapabilities => {
    switch (options.kind) {
      case 'sql':
        return sqlCapabilities(options);
    }
  };
  return new Map(Object.entries(targets).map(([name, options]) => [name, capabilities(options)]));
}
