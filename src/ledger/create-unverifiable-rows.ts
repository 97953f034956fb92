import type { PersonRef } from '../domain/ids.ts';
import { isDuplicateKey, type Store } from '../store/store.ts';
import { despiteLocks } from './operations/lock-trouble.ts';
import { asReason } from './operations/row.ts';
import type { UnverifiableRows } from './unverifiable.ts';

/** How many shapes a summary names, and how many of the rows of each. */
const SHAPES = 50;
const EXAMPLES = 5;

export function createUnverifiableRows({ store }: { readonly store: Store }): UnverifiableRows {
  const { db } = store;

  async function update({ directory, legacyId }: PersonRef, shape: string, now: number): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('unverifiable')
      .set(({ eb }) => ({ shape, attempts: eb('attempts', '+', 1), last_at: now }))
      .where('directory', '=', directory)
      .where('legacy_id', '=', legacyId)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  async function insert({ directory, legacyId }: PersonRef, shape: string, now: number): Promise<boolean> {
    try {
      await db
        .insertInto('unverifiable')
        .values({ directory, legacy_id: legacyId, shape, attempts: 1, last_at: now })
        .execute();
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async function examplesOf(directory: string, shape: string): Promise<string[]> {
    const rows = await db
      .selectFrom('unverifiable')
      .select('legacy_id')
      .where('directory', '=', directory)
      .where('shape', '=', shape)
      .orderBy('last_at', 'desc')
      .orderBy('legacy_id')
      .limit(EXAMPLES)
      .execute();
    return rows.map((row) => row.legacy_id);
  }

  return {
    async record(person, description) {
      const [shape, now] = [asReason(description), await store.now()];
      await despiteLocks(
        async () =>
          (await update(person, shape, now)) ||
          (await insert(person, shape, now)) ||
          (await update(person, shape, now)),
      );
    },
    async clear({ directory, legacyId }) {
      await despiteLocks(() =>
        db
          .deleteFrom('unverifiable')
          .where('directory', '=', directory)
          .where('legacy_id', '=', legacyId)
          .execute(),
      );
    },
    async summary() {
      const groups = await db
        .selectFrom('unverifiable')
        .select(({ fn }) => ['directory', 'shape', fn.countAll().as('people')])
        .groupBy(['directory', 'shape'])
        .orderBy('people', 'desc')
        .orderBy('shape')
        .limit(SHAPES)
        .execute();
      return Promise.all(
        groups.map(async ({ directory, shape, people }) => ({
          directory,
          shape,
          people: Number(people),
          legacyIds: await examplesOf(directory, shape),
        })),
      );
    },
  };
}
