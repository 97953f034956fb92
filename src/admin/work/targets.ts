import { copiesTo } from '../../clients/migration.ts';
import { BridgeError } from '../../domain/errors.ts';
import type { LedgerState } from '../../ledger/ledger.ts';
import type { TargetCircuit } from '../../ledger/target-circuit.ts';
import type { TargetFigure } from '../../ledger/target-people.ts';
import { noteInAudit } from '../../store/audit.ts';
import type { Target, TargetCapabilities } from '../../targets/target.ts';
import type { StewardsDesk } from '../desk.ts';

type CircuitState = Awaited<ReturnType<TargetCircuit['states']>>[number];
export type TargetView = Awaited<ReturnType<ReturnType<typeof createTargetWork>['show']>>;

/** The targets: what they can do, whether they answer, and leaving them alone for a while. */
export function createTargetWork({
  targets,
  capabilities,
  connectors,
  circuit,
  clients,
  targetPeople,
  store,
}: Pick<
  StewardsDesk,
  'targets' | 'capabilities' | 'connectors' | 'circuit' | 'clients' | 'targetPeople' | 'store'
>) {
  function named(name: string): Target {
    const found = targets.get(name);
    if (found !== undefined) return found;
    const names = [...targets.keys()].join(', ') || 'none is configured';
    throw new BridgeError('not_found', `There is no target "${name}"; targets: ${names}.`);
  }

  async function pastOf(name: string) {
    return {
      oldestWaiting: await targetPeople.oldestWaiting(name),
      lastFailure: await targetPeople.lastFailure(name),
    };
  }

  async function list() {
    const [states, now] = [await circuit.states(), await store.now()];
    const [figures, registered] = [await targetPeople.figures(), await clients.list()];
    const pasts = new Map(
      await Promise.all([...targets.keys()].map(async (name) => [name, await pastOf(name)] as const)),
    );
    return [...targets.values()].map(({ name, ...target }) => {
      const state = states.find((one) => one.target === name);
      return {
        name,
        connector: connectors.get(name) ?? 'unknown',
        capabilities: copyOf(capabilities.get(name) ?? target.capabilities),
        queue: {
          ...queueOf(figures.filter((one) => one.target === name)),
          oldestWaiting: pasts.get(name)?.oldestWaiting,
        },
        /** Of a person; what the target as a whole failed with is the circuit's. */
        lastFailure: pasts.get(name)?.lastFailure,
        clients: registered
          .filter(({ migration }) => migration.target === name)
          .map(({ metadata: { client_id, client_name }, migration }) => ({
            client_id,
            client_name,
            mode: migration.mode,
            copies: copiesTo(migration, name),
          })),
        circuit: circuitOf(state, now),
      };
    });
  }
  type View = Awaited<ReturnType<typeof list>>[number];

  async function show(name: string): Promise<View> {
    named(name);
    const found = (await list()).find((target) => target.name === name);
    if (found === undefined) throw new TypeError(`Target ${name} is not in the list.`);
    return found;
  }

  /** One change and its line in the audit trail. */
  async function change(
    name: string,
    action: string,
    actor: string,
    work: () => Promise<void>,
  ): Promise<View> {
    const before = (await show(name)).circuit;
    await work();
    const after = await show(name);
    await noteInAudit(store, `target:${name}`, { actor, action, before, after: after.circuit });
    return after;
  }

  return {
    list,
    show,
    /** Asks the target what `footbridge check` would. */
    check: (name: string) => named(name).check(),
    pause: (name: string, minutes: number, reason: string, actor: string) =>
      change(name, 'target.pause', actor, () => circuit.pause(name, reason, minutes * 60_000)),
    resume: (name: string, actor: string) => change(name, 'target.resume', actor, () => circuit.resume(name)),
  };
}

/** How many people are where; `failing` wait for an admin, `retrying` are tried again by themselves. */
function queueOf(figures: readonly TargetFigure[]) {
  const sum = (...states: LedgerState[]) =>
    figures.reduce((all, { state, people }) => all + (states.includes(state) ? people : 0), 0);
  return {
    waiting: sum('captured', 'copying'),
    retrying: sum('retrying'),
    failing: sum('parked', 'conflict'),
    copied: sum('copied'),
    other: sum('stale', 'gone', 'excluded'),
  };
}

function copyOf({ encodings, legacyHashes, ...can }: TargetCapabilities) {
  const old = legacyHashes && { ...legacyHashes, encodings: [...legacyHashes.encodings] };
  return { ...can, encodings: [...encodings], legacyHashes: old };
}

function circuitOf(found: CircuitState | undefined, now: number) {
  const { closedUntil = 0, failures = 0, reason } = found ?? {};
  const closed = closedUntil > now;
  return {
    /** `resting`: it is left alone until then; `failing`: it failed and is tried with care. */
    state: closed ? ('resting' as const) : failures > 0 ? ('failing' as const) : ('open' as const),
    closedUntil: closed ? closedUntil : undefined,
    failures,
    reason: reason ?? undefined,
  };
}
