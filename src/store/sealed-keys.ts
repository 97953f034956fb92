import type { Random } from '../runtime/random.ts';
import { randomToken } from '../runtime/random.ts';
import type { Sealing } from '../runtime/sealing.ts';
import { isDuplicateKey, type Store } from './store.ts';

export interface StoredKey {
  readonly keyId: string;
  readonly createdAt: number;
  readonly bytes: Buffer;
}

/** Keys that are made at first start and then kept, encrypted under the configured key. */
export interface SealedKeys {
  /** The keys of a purpose, newest first. */
  list(purpose: string): Promise<StoredKey[]>;
  /**
   * The newest key of a purpose; made by `create` when there is none. Instances that start together end up with the
   * same one: the first write wins.
   */
  getOrCreate(purpose: string, create: () => Promise<Buffer> | Buffer): Promise<StoredKey>;
  add(purpose: string, key: Buffer): Promise<StoredKey>;
}

/** The id of a purpose's first key is fixed, so that two instances cannot both make one. */
const FIRST_KEY = 'first';

export function createSealedKeys(store: Store, sealing: Sealing, random: Random): SealedKeys {
  const contextOf = (purpose: string, keyId: string) => `sealed_key/${purpose}/${keyId}`;

  async function list(purpose: string): Promise<StoredKey[]> {
    const rows = await store.db
      .selectFrom('sealed_key')
      .selectAll()
      .where('purpose', '=', purpose)
      .orderBy('created_at', 'desc')
      .orderBy('key_id')
      .execute();
    return rows.map((row) => ({
      keyId: row.key_id,
      createdAt: row.created_at,
      bytes: sealing.open(row.sealed_key, contextOf(purpose, row.key_id)),
    }));
  }

  async function insert(purpose: string, keyId: string, key: Buffer): Promise<StoredKey> {
    const createdAt = await store.now();
    await store.db
      .insertInto('sealed_key')
      .values({
        purpose,
        key_id: keyId,
        sealed_key: sealing.seal(key, contextOf(purpose, keyId)),
        created_at: createdAt,
      })
      .execute();
    return { keyId, createdAt, bytes: key };
  }

  return {
    list,
    async getOrCreate(purpose, create) {
      const [newest] = await list(purpose);
      if (newest !== undefined) return newest;
      try {
        return await insert(purpose, FIRST_KEY, await create());
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const [winner] = await list(purpose);
        if (winner === undefined) throw error;
        return winner;
      }
    },
    add: (purpose, key) => insert(purpose, randomToken(random, 12), key),
  };
}
