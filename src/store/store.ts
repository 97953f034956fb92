import type { Kysely, MysqlPool } from 'kysely';
import type { StoreSchema } from './schema.ts';

/**
 * The bridge's own database: one SQLite file, or MySQL/MariaDB when several instances share it. Instances keep no
 * state of their own; whatever must be known by all of them is here. Every question to a store that cannot be asked,
 * because its server is out or its disk is full, ends in a BridgeError `store_unavailable`.
 */
export interface Store {
  readonly kind: 'sqlite' | 'mysql';
  readonly db: Kysely<StoreSchema>;
  /** The connection below Kysely, for libraries that bring their own SQL (rate-limiter-flexible). */
  readonly driver: StoreDriver;
  /** Milliseconds since 1970 by the store's own clock, so that instances whose clocks differ agree on leases. */
  now(): Promise<number>;
  /** Brings the tables up to this version of the bridge; safe to run from several instances at once. */
  upgrade(): Promise<void>;
  close(): Promise<void>;
}

export type StoreDriver =
  | { readonly kind: 'sqlite'; readonly database: import('better-sqlite3').Database }
  | { readonly kind: 'mysql'; readonly pool: MysqlPool };

/** True when a write was refused because a row with the same unique key is there already. */
export function isDuplicateKey(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return (
    code === 'ER_DUP_ENTRY' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === 'SQLITE_CONSTRAINT_UNIQUE'
  );
}
