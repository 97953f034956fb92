import { type Kysely, sql } from 'kysely';
import { BridgeError } from '../../domain/errors.ts';
import type { StoreSchema } from '../../store/schema.ts';
import { LEDGER_STATES, type LedgerState } from '../ledger.ts';
import { MOST_STEPS, type Series, type SeriesWanted, type Step } from '../statistics.ts';

const UNIT_MS: Readonly<Record<Step, number>> = { hour: 3_600_000, day: 86_400_000 };
const FAILED: readonly LedgerState[] = ['parked', 'conflict'];

interface Span {
  readonly target: string;
  readonly from: number;
  readonly to: number;
  readonly unit: number;
}
type Moment = 'captured_at' | 'copied_at' | 'across_at' | 'updated_at';

/** @param db within one transaction, so that the figures are of one moment */
export async function seriesOf(
  db: Kysely<StoreSchema>,
  { target, from: wanted, to, step }: SeriesWanted,
): Promise<Series> {
  const unit = UNIT_MS[step];
  const from = wanted - (wanted % unit);
  const steps = Math.ceil((to - from) / unit);
  if (steps < 1 || steps > MOST_STEPS[step]) throw noSuchSpan(step);
  const span = { target, from, to: from + steps * unit, unit };
  // The states are named because the index is by target, state and moment.
  const captured = await countsOf(db, 'captured_at', span, LEDGER_STATES);
  const copied = await countsOf(db, 'copied_at', span);
  const failed = await countsOf(db, 'updated_at', span, FAILED);
  const arrived = await countsOf(db, 'across_at', span);
  const before = await acrossBefore(db, span);
  let across = before;
  return {
    before,
    steps: Array.from({ length: steps }, (_, index) => {
      const at = from + index * unit;
      across += arrived.get(at) ?? 0;
      return {
        at,
        captured: captured.get(at) ?? 0,
        copied: copied.get(at) ?? 0,
        failed: failed.get(at) ?? 0,
        across,
      };
    }),
  };
}

/** By the beginning of the step. */
async function countsOf(
  db: Kysely<StoreSchema>,
  column: Moment,
  { target, from, to, unit }: Span,
  states?: readonly LedgerState[],
): Promise<Map<number, number>> {
  // The same in every dialect.
  const at = sql<number>`${sql.ref(column)} - ${sql.ref(column)} % ${sql.lit(unit)}`;
  let query = db
    .selectFrom('ledger')
    .select(({ fn }) => [at.as('at'), fn.countAll().as('count')])
    .where('target', '=', target)
    .where(column, '>=', from)
    .where(column, '<', to)
    .groupBy(at);
  if (states !== undefined) query = query.where('state', 'in', states);
  const rows = await query.execute();
  return new Map(rows.map((row) => [Number(row.at), Number(row.count)]));
}

async function acrossBefore(db: Kysely<StoreSchema>, { target, from }: Span): Promise<number> {
  const { before } = await db
    .selectFrom('ledger')
    .select(({ fn }) => fn.countAll().as('before'))
    .where('target', '=', target)
    .where('across_at', '<', from)
    .executeTakeFirstOrThrow();
  return Number(before);
}

function noSuchSpan(step: Step): BridgeError {
  return new BridgeError(
    'invalid_request',
    `Give a "from" before "to", and at most ${MOST_STEPS[step]} steps: by the ${step} that is ${MOST_STEPS[step] / (step === 'hour' ? 24 : 1)} days.`,
  );
}
