import type { Selectable } from 'kysely';
import { BridgeError } from '../domain/errors.ts';
import type { ClientTable } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { clientMetadata, type RegisteredClient } from './client.ts';
import { storedMigration } from './migration.ts';

export async function findClient(store: Store, clientId: string): Promise<RegisteredClient | undefined> {
  const row = await store.db
    .selectFrom('client')
    .selectAll()
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row && fromRow(row);
}

/** Every client, for whoever only reads. */
export async function listClients(store: Store): Promise<RegisteredClient[]> {
  const rows = await store.db.selectFrom('client').selectAll().orderBy('client_id').execute();
  return rows.map(fromRow);
}

/** @throws BridgeError `not_found` */
export async function requireClient(store: Store, clientId: string): Promise<RegisteredClient> {
  const client = await findClient(store, clientId);
  if (client !== undefined) return client;
  throw new BridgeError(
    'not_found',
    `There is no client called "${clientId}"; "footbridge client list" shows them.`,
  );
}

function fromRow(row: Selectable<ClientTable>): RegisteredClient {
  return {
    metadata: clientMetadata.parse(JSON.parse(row.metadata)),
    secretDigest: row.secret_digest ?? undefined,
    origin: row.origin === 'config' ? 'config' : 'admin',
    migration: { target: undefined, ...storedMigration.parse(JSON.parse(row.migration)) },
    version: row.version,
  };
}
