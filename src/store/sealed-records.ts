import { createHash } from 'node:crypto';
import type { Sealing } from '../runtime/sealing.ts';
import { isDuplicateKey, type Store } from './store.ts';

/**
 * Small things that live for a while and are found by a secret or by a name: a session, a link, an answer. They rest
 * among the artifacts, sealed, under the SHA-256 of their id, so that a copy of the table opens nothing; what has
 * expired counts as absent and is purged with everything else there.
 */
export interface SealedRecords<T> {
  find(id: string): Promise<T | undefined>;
  /** @returns false when there is one of this id already, which stays as it is */
  add(id: string, record: T, lifetimeMs: number): Promise<boolean>;
  /** Writes over the one that is there; does nothing when there is none any more. */
  replace(id: string, record: T, lifetimeMs: number): Promise<void>;
  /** Takes it, once: of several who ask at the same time one gets it. */
  take(id: string): Promise<T | undefined>;
  remove(id: string): Promise<void>;
}

/** @param model keeps the ids of one kind apart from those of another; at most 40 characters */
export function createSealedRecords<T>(store: Store, sealing: Sealing, model: string): SealedRecords<T> {
  const { db } = store;
  const contextOf = (key: string) => `record/${model}/${key}`;
  const seal = (key: string, record: T) => sealing.seal(JSON.stringify(record), contextOf(key));

  async function rowOf(key: string) {
    return db
      .selectFrom('artifact')
      .select('sealed_payload')
      .where('model', '=', model)
      .where('id', '=', key)
      .where('consumed_at', 'is', null)
      .where('expires_at', '>', await store.now())
      .executeTakeFirst();
  }

  const open = (key: string, sealed: string) =>
    JSON.parse(sealing.open(sealed, contextOf(key)).toString('utf8')) as T;

  return {
    async find(id) {
      const key = digest(id);
      const row = await rowOf(key);
      return row && open(key, row.sealed_payload);
    },
    async add(id, record, lifetimeMs) {
      const [key, now] = [digest(id), await store.now()];
      await db
        .deleteFrom('artifact')
        .where('model', '=', model)
        .where('id', '=', key)
        .where('expires_at', '<=', now)
        .execute();
      try {
        await db
          .insertInto('artifact')
          .values({
            model,
            id: key,
            sealed_payload: seal(key, record),
            grant_id: null,
            uid: null,
            user_code: null,
            account_id: null,
            consumed_at: null,
            expires_at: now + lifetimeMs,
          })
          .execute();
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async replace(id, record, lifetimeMs) {
      const key = digest(id);
      await db
        .updateTable('artifact')
        .set({ sealed_payload: seal(key, record), expires_at: (await store.now()) + lifetimeMs })
        .where('model', '=', model)
        .where('id', '=', key)
        .execute();
    },
    async take(id) {
      const key = digest(id);
      const row = await rowOf(key);
      if (row === undefined) return undefined;
      const { numUpdatedRows } = await db
        .updateTable('artifact')
        .set({ consumed_at: await store.now() })
        .where('model', '=', model)
        .where('id', '=', key)
        .where('consumed_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n ? open(key, row.sealed_payload) : undefined;
    },
    async remove(id) {
      await db.deleteFrom('artifact').where('model', '=', model).where('id', '=', digest(id)).execute();
    },
  };
}

const digest = (id: string) => createHash('sha256').update(id).digest('hex');
