import { z } from 'zod';
import { LEDGER_STATES } from '../../../ledger/ledger.ts';
import { type LedgerFilter, RETRYABLE_STATES } from '../../../ledger/steward.ts';
import type { StewardsDesk } from '../../desk.ts';
import { pageOf, pageQuery } from '../paging.ts';
import { type Route, route } from '../route.ts';
import { ledgerEntry, reason, targetName } from './views.ts';

const tag = 'Ledger';

const filterShape = {
  target: targetName.optional(),
  state: z.enum(LEDGER_STATES).optional(),
  reason: reason.optional().describe('As the counts show it.'),
};

const counts = z.object({
  items: z.array(
    z.object({
      target: z.string(),
      state: z.enum(LEDGER_STATES),
      reason: z.string().nullable(),
      count: z.int(),
    }),
  ),
});

export function ledgerRoutes({ ledger, steward }: Pick<StewardsDesk, 'ledger' | 'steward'>): Route[] {
  return [
    route({
      method: 'GET',
      path: '/ledger',
      id: 'listLedger',
      tag,
      summary: 'Rows, one a (target, person), in the order of target, directory and legacy id.',
      query: z.strictObject({ ...filterShape, ...pageQuery }),
      response: pageOf(ledgerEntry),
      async handle({ query: { limit, after, ...which } }) {
        const { entries, next } = await steward.list(filterOf(which), { limit, after });
        return { body: { items: [...entries], next } };
      },
    }),
    route({
      method: 'GET',
      path: '/ledger/counts',
      id: 'countLedger',
      tag,
      summary: 'How many people are in which state at which target, and why.',
      response: counts,
      handle: async () => ({ body: { items: await ledger.counts() } }),
    }),
    route({
      method: 'POST',
      path: '/ledger/retry',
      id: 'retryLedger',
      tag,
      summary:
        'Has everybody tried again at once whom the filter names; at least one part of it must be given.',
      body: z
        .strictObject({ ...filterShape, state: z.enum(RETRYABLE_STATES).optional() })
        .refine((which) => Object.values(which).some((value) => value !== undefined), {
          error: 'name a target, a state or a reason',
        }),
      response: z.object({ rows: z.int() }),
      handle: async ({ body, caller }) => ({
        body: { rows: await steward.retry(filterOf(body), caller.actor) },
      }),
    }),
  ];
}

interface Which extends Pick<LedgerFilter, 'target' | 'reason'> {
  readonly state?: (typeof LEDGER_STATES)[number] | undefined;
}

function filterOf({ target, state, reason: why }: Which): LedgerFilter {
  return { target, states: state && [state], reason: why };
}
