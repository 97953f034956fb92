import { sql, type Transaction } from 'kysely';
import { BridgeError } from '../domain/errors.ts';
import { type Random, randomToken } from '../runtime/random.ts';
import { readAudit, writeAudit } from '../store/audit.ts';
import type { StoreSchema } from '../store/schema.ts';
import { isDuplicateKey } from '../store/store.ts';
import { asConfigured, configuredPart } from './as-configured.ts';
import { type ClientMetadata, type RegisteredClient, usesSecret } from './client.ts';
import { findClient, listClients, requireClient } from './client-rows.ts';
import type { Clients } from './clients.ts';
import { createSwitches, type SwitchesDeps } from './create-switches.ts';
import { judgeSwitch } from './judge-switch.ts';
import type { Migration } from './migration.ts';
import type { ClientOptions } from './options.ts';
import type { SecretDigest } from './secret-digest.ts';

const CONFIGURATION = 'configuration';

export interface ClientsDeps extends SwitchesDeps {
  readonly secrets: SecretDigest;
  readonly random: Random;
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
    const present = await findClient(store, options.client_id);
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

  /** @throws BridgeError `cannot_be_honoured` for a switch that cannot be honoured */
  async function judge(clientId: string, migration: Migration): Promise<void> {
    const now = await store.now();
    for (const one of [migration, ...Object.values(migration.apps ?? {})]) {
      judgeSwitch(clientId, migration, one, { targets, now });
    }
  }

  return {
    ...createSwitches(deps),
    find: (clientId) => findClient(store, clientId),
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
      const present = await requireClient(store, clientId);
      await change('client.remove', clientId, actor, async (transaction) => {
        await transaction.deleteFrom('client').where('client_id', '=', clientId).execute();
        return { before: { ...present.metadata, migration: present.migration } };
      });
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

function sameRegistration(present: RegisteredClient, wanted: NewClient): boolean {
  const comparable = ({ metadata, secretDigest, origin, migration }: NewClient) =>
    JSON.stringify([sortKeys(metadata), secretDigest ?? null, origin, configuredPart(migration)]);
  return comparable(present) === comparable(wanted);
}

function sortKeys(metadata: ClientMetadata): [string, unknown][] {
  return Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
}
