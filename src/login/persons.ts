import type { LegacyId, PersonRef, Subject } from '../domain/ids.ts';
import { isDuplicateKey, type Store } from '../store/store.ts';

/** From `sub` back to the legacy row: written at the first login, read when a token speaks for somebody. */
export interface Persons {
  /** Notes that this person has logged in: when, to a day. */
  remember(subject: Subject, person: PersonRef): Promise<void>;
  find(subject: string): Promise<(PersonRef & { readonly subject: Subject }) | undefined>;
  /** To a day, in milliseconds since 1970; undefined for somebody whose login was never seen. */
  lastLoginAt(subject: string): Promise<number | undefined>;
}

/** A login within so many milliseconds of the noted one is not noted. */
const COARSE_MS = 86_400_000;

export function createPersons(store: Store): Persons {
  const rowOf = (subject: string) =>
    store.db.selectFrom('person').selectAll().where('subject', '=', subject).executeTakeFirst();

  async function find(subject: string) {
    const row = await rowOf(subject);
    if (row === undefined) return undefined;
    return {
      subject: row.subject as Subject,
      directory: row.directory,
      legacyId: row.legacy_id as LegacyId,
    };
  }

  return {
    find,
    lastLoginAt: async (subject) => (await rowOf(subject))?.last_login_at,
    async remember(subject, { directory, legacyId }) {
      const [known, now] = [await rowOf(subject), await store.now()];
      if (known !== undefined) {
        if (now - known.last_login_at < COARSE_MS) return;
        await store.db
          .updateTable('person')
          .set({ last_login_at: now })
          .where('subject', '=', subject)
          .execute();
        return;
      }
      try {
        await store.db
          .insertInto('person')
          .values({ subject, directory, legacy_id: legacyId, created_at: now, last_login_at: now })
          .execute();
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
  };
}
