import type { Transaction } from 'kysely';
import { BridgeError } from '../domain/errors.ts';
import type { PersonRef } from '../domain/ids.ts';
import { writeAudit } from '../store/audit.ts';
import type { StoreSchema } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { type LedgerState, URGENCY } from './ledger.ts';
import { entryOf } from './operations/find.ts';
import { listRows, matching } from './operations/list.ts';
import { asReason, rowOf } from './operations/row.ts';
import { type LedgerSteward, RETRYABLE_STATES } from './steward.ts';

type Work<T> = (
  transaction: Transaction<StoreSchema>,
  now: number,
) => Promise<{ readonly before: unknown; readonly after: T }>;

/** States in which there is still something to hold back. */
const WAITING: readonly LedgerState[] = ['captured', 'copying', 'retrying', 'conflict'];

export function createLedgerSteward({ store }: { readonly store: Store }): LedgerSteward {
  /** One change and its line in the audit trail, or neither. */
  async function change<T>(action: string, subject: string, actor: string, work: Work<T>): Promise<T> {
    const now = await store.now();
    return store.db.transaction().execute(async (transaction) => {
      const { before, after } = await work(transaction, now);
      const entry = { at: now, actor, action: `ledger.${action}`, before, after };
      await writeAudit(transaction, subject, entry);
      return after;
    });
  }

  return {
    list: (filter, page) => listRows(store, filter, page),
    async find(text) {
      const rows = await store.db
        .selectFrom('ledger')
        .selectAll()
        .where((where) => where.or([where('legacy_id', '=', text), where('external_id', '=', text)]))
        .orderBy('target')
        .execute();
      return rows.map(entryOf);
    },
    async retry(filter, actor) {
      const states = RETRYABLE_STATES.filter((state) => filter.states?.includes(state) ?? true);
      const subject =
        filter.person === undefined ? `ledger:${filter.target ?? '*'}` : subjectOf(filter.person);
      const after = await change('retry', subject, actor, async (transaction, now) => {
        const before = await transaction
          .selectFrom('ledger')
          .select(({ fn }) => ['target', 'state', fn.countAll<number>().as('rows')])
          .where(matching({ ...filter, states }))
          .groupBy(['target', 'state'])
          .execute();
        const { numUpdatedRows } = await transaction
          .updateTable('ledger')
          .set({
            state: 'captured',
            attempts: 0,
            reason: null,
            lease_token: null,
            next_attempt_at: now,
            updated_at: now,
          })
          .where(matching({ ...filter, states }))
          .executeTakeFirst();
        return { before, after: { ...filter, rows: Number(numUpdatedRows) } };
      });
      return after.rows;
    },
    async hurry(target, person, actor) {
      await change('hurry', subjectOf(person), actor, async (transaction, now) => {
        const before = await standing(transaction, target, person);
        const { numUpdatedRows } = await transaction
          .updateTable('ledger')
          .set({ urgency: URGENCY.now, next_attempt_at: now, updated_at: now })
          .where(rowOf(target, person))
          .where('state', 'in', ['captured', 'retrying'])
          .where('lease_token', 'is', null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) throw notThere(target, person, 'waits for');
        return { before, after: { target } };
      });
    },
    async park(target, person, reason, actor) {
      await change('park', subjectOf(person), actor, async (transaction, now) => {
        const before = await standing(transaction, target, person);
        const { numUpdatedRows } = await transaction
          .updateTable('ledger')
          .set({ state: 'parked', reason: asReason(reason), lease_token: null, updated_at: now })
          .where(rowOf(target, person))
          .where('state', 'in', WAITING)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) throw notThere(target, person, 'waits for');
        return { before, after: { target, reason } };
      });
    },
    async exclude(target, { subject, ...person }, reason, actor) {
      await change('exclude', subjectOf(person), actor, async (transaction, now) => {
        const before = await standing(transaction, target, person);
        const excluded = {
          state: 'excluded',
          reason: asReason(reason),
          sealed_rehash: null,
          lease_token: null,
          updated_at: now,
        };
        const { numUpdatedRows } = await transaction
          .updateTable('ledger')
          .set(excluded)
          .where(rowOf(target, person))
          .executeTakeFirst();
        if (numUpdatedRows === 0n) {
          await transaction
            .insertInto('ledger')
            .values({
              ...NOTHING_CAPTURED,
              ...excluded,
              ...keyOf(target, person),
              external_id: subject,
              captured_at: now,
              next_attempt_at: now,
            })
            .execute();
        }
        return { before, after: { target, reason } };
      });
    },
    async forget(target, person, actor) {
      await change('forget', subjectOf(person), actor, async (transaction) => {
        const before = await standing(transaction, target, person);
        const { numDeletedRows } = await transaction
          .deleteFrom('ledger')
          .where(rowOf(target, person))
          .executeTakeFirst();
        if (numDeletedRows === 0n) throw notThere(target, person, 'is known of');
        return { before, after: { target } };
      });
    },
  };
}

/** Where a person's row stood; undefined where there was none. */
function standing(transaction: Transaction<StoreSchema>, target: string, person: PersonRef) {
  return transaction
    .selectFrom('ledger')
    .select(['target', 'state', 'reason'])
    .where(rowOf(target, person))
    .executeTakeFirst();
}

const keyOf = (target: string, { directory, legacyId }: PersonRef) => ({
  target,
  directory,
  legacy_id: legacyId,
});

/** A row that was made by an admin before any login. */
const NOTHING_CAPTURED = {
  client_id: '',
  origin: 'admin',
  urgency: URGENCY.whenIdle,
  generation: 1,
  credential_fingerprint: '',
  profile_digest: '',
  attempts: 0,
} as const;

const subjectOf = ({ directory, legacyId }: PersonRef) => `person:${directory}:${legacyId}`;

function notThere(target: string, { directory, legacyId }: PersonRef, what: string): BridgeError {
  return new BridgeError(
    'not_found',
    `Nothing ${what} person ${legacyId} of ${directory} at target "${target}"; "footbridge ledger list" shows who is there.`,
  );
}
