import { type Kysely, sql } from 'kysely';
import { BridgeError } from '../domain/errors.ts';
import { type Random, randomToken } from '../runtime/random.ts';
import { writeAudit } from '../store/audit.ts';
import type { StoreSchema } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { type ClientMetadata, type RegisteredClient, usesSecret } from './client.ts';
import type { Clients } from './clients.ts';
import type { SecretDigest } from './secret-digest.ts';

/**
 * Changes of a registration that is there. Each is one audited write and a compare-and-set: it is made to the version
 * that the admin saw, or not at all.
 */
export interface ClientEditing {
  /**
   * @throws BridgeError `not_found`; `changed_meanwhile` when the client has another version by now; `invalid_request`
   * for a client whose registration is the configuration's
   */
  edit(clientId: string, metadata: ClientMetadata, version: number, actor: string): Promise<RegisteredClient>;
  /**
   * Takes the version that the admin saw, before a change that does not compare it by itself: of several who saw the
   * same one, one goes on.
   *
   * @throws BridgeError `not_found`, `changed_meanwhile`
   */
  claim(clientId: string, version: number): Promise<void>;
  /**
   * Replaces the secret at once: the old one is worth nothing afterwards.
   *
   * @returns the new one, shown this once
   * @throws BridgeError as `edit`, and `invalid_request` for a client that has no secret
   */
  rotateSecret(clientId: string, version: number, actor: string): Promise<string>;
}

export function createClientEditing({
  store,
  clients,
  secrets,
  random,
}: {
  store: Store;
  clients: Pick<Clients, 'find'>;
  secrets: SecretDigest;
  random: Random;
}): ClientEditing {
  async function registered(clientId: string): Promise<RegisteredClient> {
    const found = await clients.find(clientId);
    if (found !== undefined) return found;
    throw new BridgeError('not_found', `There is no client called "${clientId}".`);
  }

  /** What may be edited here. */
  async function present(clientId: string): Promise<RegisteredClient> {
    const found = await registered(clientId);
    if (found.origin !== 'config') return found;
    throw new BridgeError(
      'invalid_request',
      `Client "${clientId}" is registered by the configuration, which would undo this at the next start. Change it there.`,
    );
  }

  /** Writes to the version that was seen; the next one has the next number. */
  async function write(
    db: Kysely<StoreSchema>,
    { metadata: { client_id }, version }: Pick<RegisteredClient, 'metadata' | 'version'>,
    columns: { metadata?: string; secret_digest?: string | null; updated_at?: number },
  ): Promise<void> {
    const { numUpdatedRows } = await db
      .updateTable('client')
      .set({ ...columns, version: sql<number>`version + 1` })
      .where('client_id', '=', client_id)
      .where('version', '=', version)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) return;
    throw new BridgeError(
      'changed_meanwhile',
      `Client "${client_id}" was changed by somebody else. Look at it again, then repeat your change.`,
    );
  }

  async function change(
    seen: Pick<RegisteredClient, 'metadata' | 'version'>,
    columns: { metadata?: string; secret_digest?: string | null },
    entry: { action: string; actor: string; before: unknown; after: unknown },
  ): Promise<void> {
    const at = await store.now();
    await store.db.transaction().execute(async (transaction) => {
      await write(transaction, seen, { ...columns, updated_at: at });
      await writeAudit(transaction, `client:${seen.metadata.client_id}`, { at, ...entry });
    });
  }

  return {
    async claim(clientId, version) {
      const { metadata } = await registered(clientId);
      await write(store.db, { metadata, version }, {});
    },
    async edit(clientId, metadata, version, actor) {
      const before = await present(clientId);
      const keepsSecret = usesSecret(before.metadata) && usesSecret(metadata);
      if (usesSecret(metadata) && !keepsSecret) {
        throw new BridgeError(
          'invalid_request',
          `Client "${clientId}" has no secret, so it cannot begin to prove itself with one. Register a new client.`,
        );
      }
      await change(
        { metadata: before.metadata, version },
        { metadata: JSON.stringify(metadata), ...(keepsSecret ? {} : { secret_digest: null }) },
        { action: 'client.edit', actor, before: before.metadata, after: metadata },
      );
      return present(clientId);
    },
    async rotateSecret(clientId, version, actor) {
      const { metadata } = await present(clientId);
      if (!usesSecret(metadata)) {
        throw new BridgeError('invalid_request', `Client "${clientId}" has no secret to replace.`);
      }
      const secret = randomToken(random);
      await change(
        { metadata, version },
        { secret_digest: secrets.digest(secret) },
        { action: 'client.rotate-secret', actor, before: undefined, after: undefined },
      );
      return secret;
    },
  };
}
