import type { PersonRef, Subject } from '../domain/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Target } from '../targets/target.ts';
import type { MigrationPlan } from './migration-switch.ts';

/** The targets as the desk knows them: it asks, and never writes. */
export type AskedTarget = Pick<Target, 'name' | 'capabilities' | 'verify' | 'foresee'>;
export type AskedTargets = ReadonlyMap<string, AskedTarget>;

/** Who says whether a password is right. */
export type Authority =
  | { readonly kind: 'legacy' }
  | {
      readonly kind: 'target';
      readonly target: string;
      readonly externalId: Subject;
      readonly verify: NonNullable<Target['verify']>;
    }
  /** The password lives at the new platform, and the bridge cannot ask there. */
  | { readonly kind: 'elsewhere' };

const LEGACY: Authority = { kind: 'legacy' };

/**
 * In `cutover` the target, for everybody whose password has arrived there once: what waits to be copied since, or could
 * not be, does not give the old password its place back. Somebody deleted or disabled in legacy, and there again now,
 * begins anew.
 */
export async function authorityFor(
  { ledger, targets }: { readonly ledger: Pick<Ledger, 'find'>; readonly targets: AskedTargets },
  { mode, target: name }: MigrationPlan,
  person: PersonRef,
): Promise<Authority> {
  if (mode !== 'cutover') return LEGACY;
  const entry = await ledger.find(name, person);
  if (entry === undefined || entry.state === 'gone') return LEGACY;
  const target = targets.get(name);
  // Where no hash can be sent, who has arrived sets a password there.
  const takesHashes = target?.capabilities.firstHash ?? true;
  const isAcross = takesHashes ? entry.passwordCopied : entry.copiedAt !== null;
  if (!isAcross) return LEGACY;
  if (target?.verify === undefined) return { kind: 'elsewhere' };
  const verify = target.verify.bind(target);
  return { kind: 'target', target: name, externalId: entry.externalId, verify };
}
