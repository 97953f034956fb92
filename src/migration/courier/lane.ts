import type { Claim, Ledger } from '../../ledger/ledger.ts';
import type { TargetCircuit } from '../../ledger/target-circuit.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { WorkerOptions } from '../options.ts';
import type { TargetRates } from '../target-rates.ts';
import { type CopyDependencies, copyUser } from './copy-user.ts';
import type { Outcome } from './outcome.ts';
import { backOff, RETRY_POLICY, settleBy } from './retry-policy.ts';

export interface LaneDependencies extends CopyDependencies {
  readonly ledger: Ledger;
  readonly circuit: TargetCircuit;
  readonly rates: TargetRates;
  readonly options: WorkerOptions;
  readonly logger: Logger;
}

/** The copies to one target that are under way in this process. */
export interface Lane {
  /**
   * Claims what is due, as much as there is room for, and begins to copy it.
   *
   * @returns a promise a copy: true when it was settled, false when the row waits as it was
   */
  begin(): Promise<Promise<boolean>[]>;
  /** Waits until no copy is under way. */
  idle(): Promise<void>;
  /** Gives back the leases of the copies that are under way. */
  letGo(): Promise<void>;
}

export function createLane(deps: LaneDependencies): Lane {
  const { ledger, circuit, rates, target, options, clock, policy } = deps;
  const logger = deps.logger.child({ target: target.name });
  const leaseMs = options.leaseSeconds * 1_000;
  const underWay = new Map<Claim, Promise<boolean>>();
  const clientsOff = new Map<string, number>();
  const rest = { until: 0, legacyFailures: 0 };
  let probing = false;

  async function begin(): Promise<Promise<boolean>[]> {
    const leaseOver = clock() + leaseMs;
    const due = await claimDue();
    if (due.length > 0) deps.faults('courier.after-claim');
    const claims = await withinRate(due);
    return claims.map((claim) => {
      const copy = run(claim, leaseOver).finally(() => underWay.delete(claim));
      underWay.set(claim, copy);
      return copy;
    });
  }

  async function claimDue(): Promise<Claim[]> {
    const now = clock();
    const room = options.concurrency - underWay.size;
    if (room <= 0 || now < rest.until) return [];
    const admitted = await circuit.admits(target.name);
    probing = admitted === 'one';
    if (admitted === 'none' || (probing && underWay.size > 0)) return [];
    const limit = probing ? 1 : room;
    const exceptClients = [...clientsOff].filter(([, until]) => until > now).map(([clientId]) => clientId);
    return ledger.claim({ target: target.name, limit, leaseMs, exceptClients });
  }

  /** What exceeds the rate is given back at once, so that nothing that waits is sent into a pause. */
  async function withinRate(claims: readonly Claim[]): Promise<readonly Claim[]> {
    try {
      for (const [index, claim] of claims.entries()) {
        const waitMs = await rates.take(claim.target);
        if (waitMs === 0) continue;
        rest.until = clock() + waitMs;
        await release(claims.slice(index));
        return claims.slice(0, index);
      }
      return claims;
    } catch (error) {
      await release(claims);
      throw error;
    }
  }

  async function release(claims: Iterable<Claim>): Promise<void> {
    const ended = await Promise.allSettled([...claims].map((claim) => ledger.release(claim)));
    for (const { reason: err } of ended.filter(
      ({ status }) => status === 'rejected',
    ) as PromiseRejectedResult[]) {
      logger.warn({ err }, 'A lease could not be given back; it runs out by itself.');
    }
  }

  async function run(claim: Claim, leaseOver: number): Promise<boolean> {
    const log = logger.child({ ...claim.person, attempts: claim.attempts });
    let outcome: Outcome;
    try {
      outcome = await copyUser(claim, leaseOver, deps);
    } catch (err) {
      log.error({ err }, 'A copy failed unexpectedly.');
      const name = err instanceof Error ? err.name : typeof err;
      const reason = `The courier failed unexpectedly (${name}); its log says more.`;
      outcome = settleBy('unexpected', reason, claim.attempts, policy);
    }
    try {
      return await conclude(claim, outcome, log);
    } catch (err) {
      log.error({ err }, 'A copy could not be settled; its lease runs out and it is taken up again.');
      return false;
    }
  }

  /** Copies that fail together are one failure. Rests up to about a minute. */
  function restForLegacy(): void {
    const now = clock();
    if (now < rest.until) return;
    rest.legacyFailures += 1;
    rest.until = now + Math.max(options.pollMs, backOff(Math.min(rest.legacyFailures, 7), policy.random));
  }

  async function conclude(claim: Claim, outcome: Outcome, log: Logger): Promise<boolean> {
    if (outcome.kind !== 'legacy-out') rest.legacyFailures = 0;
    switch (outcome.kind) {
      case 'settle': {
        deps.faults('courier.before-settle');
        const ended = await ledger.settle(claim, outcome.settlement);
        deps.faults('courier.after-settle');
        log.info({ outcome: outcome.settlement.kind, ended }, 'A copy ended.');
        if (probing && outcome.targetAnswered) await circuit.succeeded(target.name);
        return ended !== 'lost';
      }
      case 'client-off':
        clientsOff.set(claim.clientId, clock() + RETRY_POLICY['client off'].wait);
        await ledger.release(claim);
        return false;
      case 'legacy-out':
        restForLegacy();
        log.warn({ reason: outcome.reason }, 'The legacy directory is out; copies wait.');
        await ledger.release(claim);
        return false;
      case 'target-out':
        log.warn({ reason: outcome.reason }, 'The target is out; copies wait.');
        await circuit.failed(target.name, outcome.reason);
        await ledger.release(claim);
        return false;
      case 'target-busy':
        log.warn({ reason: outcome.reason, ms: outcome.retryAfterMs }, 'The target asks us to wait.');
        await circuit.pause(target.name, outcome.reason, outcome.retryAfterMs);
        await ledger.release(claim);
        return false;
      case 'no-answer':
        log.warn({ reason: outcome.reason }, 'The target did not answer; the copy is taken up again later.');
        await circuit.failed(target.name, outcome.reason);
        return false;
      case 'lease-over':
        log.warn('A copy was held up beyond its lease and is left to whoever has it now.');
        return false;
    }
  }

  return {
    begin,
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay.values());
    },
    letGo: () => release(underWay.keys()),
  };
}
