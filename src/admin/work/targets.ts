import { BridgeError } from '../../domain/errors.ts';
import { noteInAudit } from '../../store/audit.ts';
import type { Target } from '../../targets/target.ts';
import type { StewardsDesk } from '../desk.ts';

/** The targets: what they can do, whether they answer, and leaving them alone for a while. */
export function createTargetWork({
  targets,
  circuit,
  store,
}: Pick<StewardsDesk, 'targets' | 'circuit' | 'store'>) {
  function named(name: string): Target {
    const found = targets.get(name);
    if (found !== undefined) return found;
    const names = [...targets.keys()].join(', ') || 'none is configured';
    throw new BridgeError('not_found', `There is no target "${name}"; targets: ${names}.`);
  }

  async function list() {
    const [states, now] = [await circuit.states(), await store.now()];
    return [...targets.values()].map(({ name, capabilities }) => {
      const state = states.find(({ target }) => target === name);
      const closed = state !== undefined && state.closedUntil > now;
      return {
        name,
        capabilities: { ...capabilities, encodings: [...capabilities.encodings] },
        circuit: {
          /** `resting`: it is left alone until then; `failing`: it failed and is tried with care. */
          state: closed ? ('resting' as const) : state?.failures ? ('failing' as const) : ('open' as const),
          closedUntil: closed ? state.closedUntil : undefined,
          failures: state?.failures ?? 0,
          reason: state?.reason ?? undefined,
        },
      };
    });
  }
  type TargetView = Awaited<ReturnType<typeof list>>[number];

  async function show(name: string): Promise<TargetView> {
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
  ): Promise<TargetView> {
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
