import type { Known } from '../../ledger/bulk.ts';
import type { PutResult, Target } from '../../targets/target.ts';
import type { ManyDependencies } from '../many/copy-many.ts';
import type { SyncOptions } from '../options.ts';
import type { SyncCounts } from '../sync.ts';

/** Somebody whom the legacy directory no longer has, or no longer lets in. */
export interface Gone {
  readonly known: Known;
  readonly why: 'disabled' | 'deleted';
}

export interface GoneDependencies extends Pick<ManyDependencies, 'target' | 'bulk' | 'circuit'> {
  readonly options: SyncOptions;
  /** Ends what the bridge has given out for this person: sessions, grants and tokens; clients are told. Idempotent. */
  readonly revoke: (subject: string) => Promise<void>;
}

/** Whether nothing is left to be done for somebody who is gone. */
export const isCarried = ({ state, lockedOut, copiedDigest }: Known): boolean =>
  state === 'gone' && (lockedOut || copiedDigest === null);

const REASON = { disabled: 'Disabled in legacy.', deleted: 'Deleted in legacy.' } as const;

/** The courier found this person gone already, and the target has nothing that could be done about it. */
export function isDone({ known, why }: Gone, { target, options }: GoneDependencies): boolean {
  return known.state === 'gone' && stepFor(target, wantedFor(why, options)).at === 'as before';
}

const wantedFor = (why: Gone['why'], { onDisabled, onDeleted }: SyncOptions) =>
  why === 'disabled' ? onDisabled : onDeleted;

/** The bridge's own door is closed first; then the target's, as it can and is configured; then the ledger says so. */
export async function carryGone(
  { known, why }: Gone,
  counts: SyncCounts,
  { target, bulk, circuit, options, revoke }: GoneDependencies,
): Promise<void> {
  const step = stepFor(target, wantedFor(why, options));
  await revoke(known.externalId);
  if (known.copiedDigest !== null) {
    const result = await step.take(known.externalId);
    if (result.kind === 'unavailable') await circuit.failed(target.name, result.reason);
    if (result.kind !== 'updated' && result.kind !== 'created') {
      counts.failed += 1;
      return;
    }
  }
  const at = known.copiedDigest === null ? 'as before' : step.at;
  // Whoever has come to life again in this moment is compared again by the next pass.
  if (await bulk.mark(known, { state: 'gone', reason: REASON[why], at })) counts[why] += 1;
}

interface Step {
  readonly at: 'disabled' | 'removed' | 'as before';
  readonly take: (externalId: string) => Promise<PutResult>;
}

function stepFor(target: Target, wanted: SyncOptions['onDisabled']): Step {
  if (wanted === 'disable' && target.disable !== undefined) return { at: 'disabled', take: target.disable };
  if (wanted === 'remove' && target.remove !== undefined) return { at: 'removed', take: target.remove };
  return { at: 'as before', take: async () => ({ kind: 'updated' }) };
}
