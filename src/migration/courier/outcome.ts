import type { Settlement } from '../../ledger/ledger.ts';

/** How a copy ended, for the one place that writes it down (`conclude.ts`). */
export type Outcome =
  /** `targetAnswered`: the target was asked and is alive. */
  | { readonly kind: 'settle'; readonly settlement: Settlement; readonly targetAnswered: boolean }
  /** The client's switch is off, or points elsewhere: the row waits as it is. */
  | { readonly kind: 'client-off' }
  | { readonly kind: 'legacy-out'; readonly reason: string }
  | { readonly kind: 'target-out'; readonly reason: string }
  | { readonly kind: 'target-busy'; readonly reason: string; readonly retryAfterMs: number }
  /** Nobody knows what the target did: the row stays leased, so that nothing overtakes it. */
  | { readonly kind: 'no-answer'; readonly reason: string }
  /** We were stopped for so long that the row may be somebody else's. */
  | { readonly kind: 'lease-over' };
