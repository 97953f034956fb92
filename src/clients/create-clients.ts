import { type Selectable, sql, type Transaction } from 'kysely';
import { BridgeError } from '../domain/errors.ts';
import { type Random, randomToken } from '../runtime/random.ts';
import { readAudit, writeAudit } from '../store/audit.ts';
import type { ClientTable, StoreSchema } from '../store/schema.ts';
import { isDuplicateKey, type Store } from '../store/store.ts';
import { asConfigured } from './as-configured.ts';
import {
  type ClientMetadata,
  clientMetadata,
  type Migration,
  mode,
  type RegisteredClient,
  usesSecret,
} from './client.ts';
import type { Clients } from './clients.ts';
import type { ClientOptions } from './options.ts';
import type { SecretDigest } from './secret-digest.ts';

const CONFIGURATION = 'configuration';

export function createClients(deps: { store: Store; secrets: SecretDigest; random: Random }): Clients {
  const { store, secrets, random } = deps;

  /** One change and its line in the audit trail, or neither. */
  async function change(
    action: string,
    clientId: string,
    actor: string,
    work: (
      transaction: Transaction<StoreSchema>,
      now: number,
    ) => Promise<{ before?: unknown; after?: unknown }>,
  ): Promise<void> {
    const now = await store.now();
    await store.db.transaction().execute(async (transaction) => {
      const { before, after } = await work(transaction, now);
      await writeAudit(transaction, `client:${clientId}`, {
        at: now,
        actor,
        action,
        before,
        after,
      });
    });
  }

  async function insert(client: NewClient, actor: string): Promise<void> {
    await change('client.add', client.metadata.client_id, actor, async (transaction, now) => {
      await transaction
        .insertInto('client')
        .values({
          client_id: client.metadata.client_id,
          metadata: JSON.stringify(client.metadata),
          secret_digest: client.secretDigest ?? null,
          origin: client.origin,
          target: client.migration.target ?? null,
          mode: client.migration.mode,
          percent: client.migration.percent,
          version: 1,
          created_at: now,
          updated_at: now,
        })
        .execute();
      return { after: { ...client.metadata, migration: client.migration } };
    });
  }

  async function adopt(options: ClientOptions): Promise<void> {
    const secretDigest = options.client_secret && secrets.digest(options.client_secret.reveal());
    const present = await find(store, options.client_id);
    const wanted: NewClient = { ...asConfigured(options, present), secretDigest };
    const { metadata, migration } = wanted;
    if (present === undefined) return insertUnlessThere(wanted);
    if (sameRegistration(present, wanted)) return;
    await change('client.configure', metadata.client_id, CONFIGURATION, async (transaction, now) => {
      await transaction
        .updateTable('client')
        .set({
          metadata: JSON.stringify(metadata),
          secret_digest: secretDigest ?? null,
          origin: 'config',
          target: migration.target ?? null,
          version: sql<number>`version + 1`,
          updated_at: now,
        })
        .where('client_id', '=', metadata.client_id)
        .execute();
      return {
        before: { ...present.metadata, target: present.migration.target },
        after: { ...metadata, target: migration.target },
      };
    });
  }

  /** Two instances that start together may both try to write a new client; one of them is enough. */
  async function insertUnlessThere(client: NewClient): Promise<void> {
    try {
      await insert(client, CONFIGURATION);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  return {
    find: (clientId) => find(store, clientId),
    list: () => list(store),
    async add(metadata, migration, actor) {
      requireTarget(metadata.client_id, migration);
      const secret = usesSecret(metadata) ? randomToken(random) : undefined;
      const secretDigest = secret && secrets.digest(secret);
      try {
        await insert({ metadata, secretDigest, origin: 'admin', migration }, actor);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        throw new BridgeError('already_exists', `There is a client called "${metadata.client_id}" already.`);
      }
      return secret;
    },
    async remove(clientId, actor) {
      const present = await require(store, clientId);
      await change('client.remove', clientId, actor, async (transaction) => {
        await transaction.deleteFrom('client').where('client_id', '=', clientId).execute();
        return { before: { ...present.metadata, migration: present.migration } };
      });
    },
    async setMode(clientId, next, actor) {
      const present = await require(store, clientId);
      requireTarget(clientId, { ...present.migration, mode: next });
      await change('client.mode', clientId, actor, async (transaction, now) => {
        await transaction
          .updateTable('client')
          .set({ mode: next, version: sql<number>`version + 1`, updated_at: now })
          .where('client_id', '=', clientId)
          .execute();
        return { before: { mode: present.migration.mode }, after: { mode: next } };
      });
      return require(store, clientId);
    },
    async adoptConfigured(configured) {
      for (const client of configured) await adopt(client);
      const names = new Set(configured.map(({ client_id }) => client_id));
      const all = await list(store);
      return all
        .filter(({ origin, metadata }) => origin === 'config' && !names.has(metadata.client_id))
        .map(idOf);
    },
    verifySecret: ({ secretDigest }, secret) =>
      secretDigest !== undefined && secrets.matches(secretDigest, secret),
    auditOf: (clientId) => readAudit(store, `client:${clientId}`),
  };
}

type NewClient = Omit<RegisteredClient, 'version'>;

const idOf = ({ metadata }: RegisteredClient) => metadata.client_id;

async function find(store: Store, clientId: string): Promise<RegisteredClient | undefined> {
  const row = await store.db
    .selectFrom('client')
    .selectAll()
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row && fromRow(row);
}

async function list(store: Store): Promise<RegisteredClient[]> {
  const rows = await store.db.selectFrom('client').selectAll().orderBy('client_id').execute();
  return rows.map(fromRow);
}

async function require(store: Store, clientId: string): Promise<RegisteredClient> {
  const client = await find(store, clientId);
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
    migration: { target: row.target ?? undefined, mode: mode.parse(row.mode), percent: row.percent },
    version: row.version,
  };
}

function requireTarget(clientId: string, migration: Migration): void {
  if (migration.mode === 'off' || migration.target !== undefined) return;
  throw new BridgeError(
    'invalid_request',
    `Mode "${migration.mode}" would copy people, but client "${clientId}" has no target to copy them to. ` +
      'Name one: migration.target in the configuration, or --target when the client is added.',
  );
}

function sameRegistration(present: RegisteredClient, wanted: NewClient): boolean {
  const comparable = ({ metadata, secretDigest, origin, migration }: NewClient) =>
    JSON.stringify([sortKeys(metadata), secretDigest ?? null, origin, migration.target ?? null]);
  return comparable(present) === comparable(wanted);
}

function sortKeys(metadata: ClientMetadata): [string, unknown][] {
  return Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
}
