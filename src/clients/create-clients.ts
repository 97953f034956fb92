import { type Selectable, sql, type Transaction } from 'kysely';
import { BridgeError } from '../domain/errors.ts';
import { type Random, randomToken } from '../runtime/random.ts';
import { readAudit, writeAudit } from '../store/audit.ts';
import type { ClientTable, StoreSchema } from '../store/schema.ts';
import { isDuplicateKey, type Store } from '../store/store.ts';
import { asConfigured, configuredPart } from './as-configured.ts';
import { type ClientMetadata, clientMetadata, type RegisteredClient, usesSecret } from './client.ts';
import type { Clients, ShadowFindings, SwitchChange, TargetFacts } from './clients.ts';
import { doubtsOf, judgeSwitch } from './judge-switch.ts';
import { type Migration, storedMigration } from './migration.ts';
import type { ClientOptions } from './options.ts';
import type { SecretDigest } from './secret-digest.ts';
import { turnedSwitch } from './turned-switch.ts';

const CONFIGURATION = 'configuration';

export interface ClientsDeps {
  readonly store: Store;
  readonly secrets: SecretDigest;
  readonly random: Random;
  /** The configured targets, by name. */
  readonly targets: ReadonlyMap<string, TargetFacts>;
  readonly shadowOf: (target: string) => Promise<ShadowFindings>;
}

export function createClients(deps: ClientsDeps): Clients {
  const { store, secrets, random, targets } = deps;

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
          migration: JSON.stringify(client.migration),
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
    if (present === undefined) {
      await judge(metadata.client_id, migration);
      return insertUnlessThere(wanted);
    }
    if (sameRegistration(present, wanted)) return;
    await change('client.configure', metadata.client_id, CONFIGURATION, async (transaction, now) => {
      await transaction
        .updateTable('client')
        .set({
          metadata: JSON.stringify(metadata),
          secret_digest: secretDigest ?? null,
          origin: 'config',
          migration: JSON.stringify(migration),
          version: sql<number>`version + 1`,
          updated_at: now,
        })
        .where('client_id', '=', metadata.client_id)
        .execute();
      return {
        before: { ...present.metadata, ...configuredPart(present.migration) },
        after: { ...metadata, ...configuredPart(migration) },
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

  /** @throws BridgeError `invalid_request` for a switch that cannot be honoured */
  async function judge(clientId: string, migration: Migration): Promise<void> {
    const now = await store.now();
    for (const one of [migration, ...Object.values(migration.apps ?? {})]) {
      judgeSwitch(clientId, migration, one, { targets, now });
    }
  }

  const doubts = async (migration: Migration) =>
    migration.target === undefined ? [] : doubtsOf(migration, await deps.shadowOf(migration.target));

  /** @returns whether it is done all the same, by force */
  async function isCutOverUnseen(
    clientId: string,
    migration: Migration,
    { force = false }: SwitchChange,
  ): Promise<boolean> {
    if (!migration.cutover?.requireCleanShadow) return false;
    const reasons = await doubts(migration);
    if (reasons.length === 0 || force) return reasons.length > 0;
    const rule = `Client "${clientId}" is configured to be cut over only when shadow is clean.`;
    throw new BridgeError('invalid_request', [rule, ...reasons].join(' '));
  }

  /** Changes the switches of a client as they are at that moment, or not at all when somebody else was faster. */
  async function turn(
    clientId: string,
    actor: string,
    next: (migration: Migration) => Promise<{ migration: Migration; before: unknown; after: unknown }>,
  ): Promise<RegisteredClient> {
    const present = await require(store, clientId);
    const { migration, before, after } = await next(present.migration);
    await change('client.mode', clientId, actor, async (transaction, now) => {
      const { numUpdatedRows } = await transaction
        .updateTable('client')
        .set({ migration: JSON.stringify(migration), version: present.version + 1, updated_at: now })
        .where('client_id', '=', clientId)
        .where('version', '=', present.version)
        .executeTakeFirst();
      if (numUpdatedRows === 1n) return { before, after };
      const message = `Client "${clientId}" was changed by somebody else at this moment: look at it and try again.`;
      throw new BridgeError('invalid_request', message);
    });
    return require(store, clientId);
  }

  return {
    find: (clientId) => find(store, clientId),
    list: () => listClients(store),
    async add(metadata, migration, actor) {
      await judge(metadata.client_id, migration);
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
    async setMode(clientId, next, actor, wanted = {}) {
      return turn(clientId, actor, async (present) => {
        const { before, after, migration } = turnedSwitch(present, next, wanted);
        judgeSwitch(clientId, migration, after, { targets, now: await store.now() });
        const forced = next === 'cutover' && (await isCutOverUnseen(clientId, migration, wanted));
        const named = wanted.app === undefined ? {} : { app: wanted.app };
        return {
          migration,
          before: { ...named, ...before },
          after: { ...named, ...after, ...(forced ? { forced } : {}) },
        };
      });
    },
    removeApp(clientId, app, actor) {
      return turn(clientId, actor, async (migration) => {
        const { [app]: gone, ...apps } = migration.apps ?? {};
        if (gone === undefined) {
          const message = `Client "${clientId}" has no switch of an app called "${app}".`;
          throw new BridgeError('not_found', message);
        }
        return { migration: { ...migration, apps }, before: { app, ...gone }, after: { app } };
      });
    },
    async doubtsAboutCutover(clientId) {
      return doubts((await require(store, clientId)).migration);
    },
    async adoptConfigured(configured) {
      for (const client of configured) await adopt(client);
      const names = new Set(configured.map(({ client_id }) => client_id));
      const all = await listClients(store);
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

/** Every client, for whoever only reads. */
export async function listClients(store: Store): Promise<RegisteredClient[]> {
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
    migration: { target: undefined, ...storedMigration.parse(JSON.parse(row.migration)) },
    version: row.version,
  };
}

function sameRegistration(present: RegisteredClient, wanted: NewClient): boolean {
  const comparable = ({ metadata, secretDigest, origin, migration }: NewClient) =>
    JSON.stringify([sortKeys(metadata), secretDigest ?? null, origin, configuredPart(migration)]);
  return comparable(present) === comparable(wanted);
}

function sortKeys(metadata: ClientMetadata): [string, unknown][] {
  return Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
}
