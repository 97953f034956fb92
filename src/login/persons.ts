import type { LegacyId, PersonRef, Subject } from '../domain/ids.ts';
import { isDuplicateKey, type Store } from '../store/store.ts';

/** From `sub` back to the legacy row: written at the first login, read when a token speaks for somebody. */
export interface Persons {
  remember(subject: Subject, person: PersonRef): Promise<void>;
  find(subject: string): Promise<(PersonRef & { readonly subject: Subject }) | undefined>;
}

export function createPersons(store: Store): Persons {
  async function find(subject: string) {
    const row = await store.db
      .selectFrom('person')
      .selectAll()
      .where('subject', '=', subject)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return {
      subject: row.subject as Subject,
      directory: row.directory,
      legacyId: row.legacy_id as LegacyId,
    };
  }

  return {
    find,
    async remember(subject, { directory, legacyId }) {
      if ((await find(subject)) !== undefined) return;
      try {
        await store.db
          .insertInto('person')
          .values({ subject, directory, legacy_id: legacyId, created_at: await store.now() })
          .execute();
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
  };
}
