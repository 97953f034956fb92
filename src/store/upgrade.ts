import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { BridgeError, hasCode } from '../domain/errors.ts';
import type { StoreSchema } from './schema.ts';
import { firstTables } from './upgrades/0001-first-tables.ts';

/** Schema upgrades in their order; a step is never changed once it has been released. */
const STEPS = { '0001-first-tables': firstTables };

/**
 * Runs the schema upgrades that this store has not seen. Several instances may start at once: one upgrades, the
 * others wait for it.
 *
 * @throws BridgeError `store_unavailable`, with the step that failed if one did
 */
export async function upgradeStore(db: Kysely<StoreSchema>, kind: 'sqlite' | 'mysql'): Promise<void> {
  const migrator = migratorOf(db, kind);
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (hasCode(error, 'store_unavailable')) throw error;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName;
  throw new BridgeError(
    'store_unavailable',
    `The store could not be brought up to date${failed ? ` (step ${failed})` : ''}. ` +
      'Look at the cause, and at whether the store account may create tables.',
    { cause: error },
  );
}

/** The names of the schema upgrades that this store has not seen. */
export async function pendingUpgrades(db: Kysely<StoreSchema>, kind: 'sqlite' | 'mysql'): Promise<string[]> {
  const steps = await migratorOf(db, kind).getMigrations();
  return steps.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
}

function migratorOf(db: Kysely<StoreSchema>, kind: 'sqlite' | 'mysql'): Migrator {
  return new Migrator({
    db,
    provider: {
      async getMigrations() {
        return Object.fromEntries(Object.entries(STEPS).map(([name, step]) => [name, { up: step(kind) }]));
      },
    },
    migrationTableName: 'schema_upgrade',
    migrationLockTableName: 'schema_upgrade_lock',
  });
}
