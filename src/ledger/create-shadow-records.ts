import type { LegacyId, PersonRef } from '../domain/ids.ts';
import { writeAudit } from '../store/audit.ts';
import { isDuplicateKey, type Store } from '../store/store.ts';
import { despiteLocks } from './operations/lock-trouble.ts';
import { asReason } from './operations/row.ts';
import type { PasswordTrait, ShadowProblem, ShadowRecords, ShadowReport } from './shadow-records.ts';

/** How many groups a report names, and how many people of each. */
const GROUPS = 50;
const EXAMPLES = 5;

export function createShadowRecords({ store }: { readonly store: Store }): ShadowRecords {
  const { db } = store;

  const rowOf = (target: string, { directory, legacyId }: PersonRef) => ({
    target,
    directory,
    legacy_id: legacyId,
  });

  /** Updates the row, or inserts it, or updates what somebody else has inserted meanwhile. */
  const write = (update: () => Promise<boolean>, insert: () => Promise<unknown>) =>
    despiteLocks(async () => {
      if (await update()) return;
      try {
        await insert();
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        await update();
      }
    });

  /** People with a problem who have not been copied since. */
  const unresolved = (target: string) =>
    db
      .selectFrom('shadow')
      .where('shadow.target', '=', target)
      .where('shadow.problem', 'is not', null)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('ledger')
              .select('ledger.state')
              .whereRef('ledger.target', '=', 'shadow.target')
              .whereRef('ledger.directory', '=', 'shadow.directory')
              .whereRef('ledger.legacy_id', '=', 'shadow.legacy_id')
              .where('ledger.state', '=', 'copied'),
          ),
        ),
      );

  async function examplesOf(target: string, problem: string, reason: string | null): Promise<PersonRef[]> {
    const rows = await unresolved(target)
      .select(['shadow.directory', 'shadow.legacy_id'])
      .where('shadow.problem', '=', problem)
      .where('shadow.reason', reason === null ? 'is' : '=', reason)
      .orderBy('shadow.seen_at', 'desc')
      .orderBy('shadow.legacy_id')
      .limit(EXAMPLES)
      .execute();
    return rows.map(({ directory, legacy_id }) => ({ directory, legacyId: legacy_id as LegacyId }));
  }

  async function groupsOf(target: string): Promise<ShadowReport['groups']> {
    const groups = await unresolved(target)
      .select(({ fn }) => ['shadow.problem', 'shadow.reason', fn.countAll().as('people')])
      .groupBy(['shadow.problem', 'shadow.reason'])
      .orderBy('people', 'desc')
      .orderBy('shadow.reason')
      .limit(GROUPS)
      .execute();
    return Promise.all(
      groups.map(async ({ problem, reason, people }) => ({
        problem: problem as ShadowProblem,
        reason,
        people: Number(people),
        examples: await examplesOf(target, String(problem), reason),
      })),
    );
  }

  return {
    async isKnownClean({ target, person, fingerprint, profileDigest }) {
      const row = await db
        .selectFrom('shadow')
        .select('problem')
        .where((where) => where.and(rowOf(target, person)))
        .where('credential_fingerprint', '=', fingerprint)
        .where('profile_digest', '=', profileDigest)
        .executeTakeFirst();
      return row !== undefined && row.problem === null;
    },
    async record({ target, person, clientId, fingerprint, profileDigest, problem, reason }) {
      const seen = {
        client_id: clientId,
        credential_fingerprint: fingerprint,
        profile_digest: profileDigest,
        problem: problem ?? null,
        reason: reason === undefined ? null : asReason(reason),
        seen_at: await store.now(),
      };
      await write(
        async () => {
          const { numUpdatedRows } = await db
            .updateTable('shadow')
            .set(seen)
            .where((where) => where.and(rowOf(target, person)))
            .executeTakeFirst();
          return numUpdatedRows === 1n;
        },
        () =>
          db
            .insertInto('shadow')
            .values({ ...rowOf(target, person), ...seen })
            .execute(),
      );
    },
    async tally(target, scheme, traits, matched) {
      const mismatched = matched ? 0 : 1;
      for (const trait of traits) {
        await write(
          async () => {
            const { numUpdatedRows } = await db
              .updateTable('shadow_tally')
              .set(({ eb }) => ({
                tried: eb('tried', '+', 1),
                mismatched: eb('mismatched', '+', mismatched),
              }))
              .where((where) => where.and({ target, scheme, trait }))
              .executeTakeFirst();
            return numUpdatedRows === 1n;
          },
          () =>
            db.insertInto('shadow_tally').values({ target, scheme, trait, tried: 1, mismatched }).execute(),
        );
      }
    },
    async report(target) {
      const [people, problems, tallies] = await Promise.all([
        db
          .selectFrom('shadow')
          .select(({ fn }) => [
            fn.countAll().as('count'),
            fn.min<number | null>('seen_at').as('first'),
            fn.max<number | null>('seen_at').as('last'),
          ])
          .where('target', '=', target)
          .executeTakeFirstOrThrow(),
        unresolved(target)
          .select(({ fn }) => fn.countAll().as('count'))
          .executeTakeFirstOrThrow(),
        db
          .selectFrom('shadow_tally')
          .selectAll()
          .where('target', '=', target)
          .orderBy('scheme')
          .orderBy('trait')
          .execute(),
      ]);
      return {
        target,
        people: Number(people.count),
        firstSeenAt: people.first === null ? null : Number(people.first),
        lastSeenAt: people.last === null ? null : Number(people.last),
        problems: Number(problems.count),
        groups: await groupsOf(target),
        rehashes: tallies.map(({ scheme, trait, tried, mismatched }) => ({
          scheme,
          trait: trait as PasswordTrait,
          tried,
          mismatched,
        })),
      };
    },
    async clear(target, actor) {
      const at = await store.now();
      await db.transaction().execute(async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('shadow')
          .where('target', '=', target)
          .executeTakeFirst();
        await transaction.deleteFrom('shadow_tally').where('target', '=', target).execute();
        const before = { people: Number(numDeletedRows) };
        const entry = { at, actor, action: 'shadow.clear', before, after: { people: 0 } };
        await writeAudit(transaction, `target:${target}`, entry);
      });
    },
  };
}
