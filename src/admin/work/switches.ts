import type { ForeseenSwitch, SwitchChange } from '../../clients/clients.ts';
import { doubtsOf } from '../../clients/judge-switch.ts';
import { type Migration, MODES, type Mode } from '../../clients/migration.ts';
import { switchOf } from '../../clients/turned-switch.ts';
import { BridgeError } from '../../domain/errors.ts';
import type { StewardsDesk } from '../desk.ts';
import { type ClientView, viewOf } from './clients.ts';
import { effectsOnLogins, effectsOnRows } from './switch-effects.ts';
import { createSwitchPeople } from './switch-people.ts';

/** `inherit`, of an app: it has no switch of its own any more. */
export interface WantedSwitch extends Omit<SwitchChange, 'version'> {
  readonly mode: Mode | 'inherit';
}

/** A client after its switch was turned, and what speaks against it all the same. */
export type SwitchedClient = ClientView & { readonly warnings: string[] };

/** The migration switches: what a change would do, making it, taking it back, and what shadow has found out. */
export function createSwitchWork(
  desk: Pick<
    StewardsDesk,
    'clients' | 'capabilities' | 'circuit' | 'directories' | 'isMeant' | 'shadow' | 'store' | 'targetPeople'
  >,
) {
  const { clients, capabilities, circuit, shadow, store, targetPeople } = desk;
  const people = createSwitchPeople(desk);

  async function switched(clientId: string, app: string | undefined): Promise<SwitchedClient> {
    const client = await clients.find(clientId);
    if (client === undefined) throw noClient(clientId);
    const one = app === undefined ? client.migration : client.migration.apps?.[app];
    const warnings = one?.mode === 'cutover' ? await clients.doubtsAboutCutover(clientId) : [];
    return { ...viewOf(client), warnings };
  }

  function foresee(clientId: string, { mode, ...change }: WantedSwitch): Promise<ForeseenSwitch> {
    return clients.foresee(clientId, modeOf(mode, change), change);
  }

  /** Undefined without a target. */
  async function shadowOf(migration: Migration) {
    if (migration.target === undefined) return undefined;
    const report = await shadow.report(migration.target);
    const doubts = doubtsOf(migration, report);
    return {
      ...report,
      groups: report.groups.map((group) => ({ ...group, examples: [...group.examples] })),
      rehashes: [...report.rehashes],
      clean: doubts.length === 0,
      doubts,
    };
  }

  async function ownShadow(clientId: string) {
    const client = await clients.find(clientId);
    if (client === undefined) throw noClient(clientId);
    const found = await shadowOf(client.migration);
    if (found !== undefined) return found;
    const message = `Client "${clientId}" has no target, so there is nothing to look at in shadow.`;
    throw new BridgeError('not_in_this_state', message);
  }

  async function warningsOf({ after, migration, doubts }: ForeseenSwitch): Promise<string[]> {
    const warnings = [...doubts];
    const now = await store.now();
    if (after?.startsAt !== undefined && after.startsAt > now) {
      const otherwise = after.otherwise ?? 'off';
      warnings.push(
        `It begins at ${new Date(after.startsAt).toISOString()}; until then the mode is "${otherwise}".`,
      );
    }
    const state = (await circuit.states()).find(({ target }) => target === migration.target);
    if (state !== undefined && state.closedUntil > now && after?.mode !== 'off') {
      const until = new Date(state.closedUntil).toISOString();
      warnings.push(`Target "${state.target}" is left alone until ${until}: ${state.reason ?? 'it failed.'}`);
    }
    return warnings;
  }

  /** Whether a mode can be had at all, whatever the limits of the switch are. */
  async function choice(clientId: string, mode: Mode, app: string | undefined) {
    const unlimited = { app, otherwise: null, startsAt: null, endsAt: null };
    const { refusal, doubts } = await clients.foresee(clientId, mode, unlimited);
    return {
      mode,
      refusal: refusal && { code: refusal.code, sentence: refusal.message },
      doubts: [...doubts],
    };
  }

  return {
    /** The switch as it is, whom it means, and which modes can be had. */
    async look(clientId: string, app?: string) {
      const client = await clients.find(clientId);
      if (client === undefined) throw noClient(clientId);
      const own = switchOf(client.migration, app);
      const everybody = await people.everybody();
      return {
        version: client.version,
        target: client.migration.target,
        own,
        people: { everybody, meant: people.meant(own ?? client.migration, everybody) },
        choices: await Promise.all(MODES.map((mode) => choice(clientId, mode, app))),
      };
    },
    /** @param version of the client as it was seen */
    async setMode(
      clientId: string,
      { mode, ...change }: WantedSwitch,
      version: number,
      actor: string,
    ): Promise<SwitchedClient> {
      const wanted = modeOf(mode, change);
      if (wanted === undefined) await clients.removeApp(clientId, change.app ?? '', actor, version);
      else await clients.setMode(clientId, wanted, actor, { ...change, version });
      return switched(clientId, change.app);
    },
    /** What `setMode` would do, in numbers and sentences; changes nothing. */
    async preview(clientId: string, wanted: WantedSwitch) {
      const seen = await foresee(clientId, wanted);
      const { client, migration, refusal } = seen;
      const [before, after] = [seen.before ?? client.migration, seen.after ?? migration];
      const everybody = await people.everybody();
      const decided = (one: typeof before, target: string | undefined) =>
        one.mode === 'cutover' && target !== undefined
          ? people.across(one, target)
          : Promise.resolve({ number: 0, how: 'counted' as const });
      const meant = { before: people.meant(before, everybody), after: people.meant(after, everybody) };
      return {
        version: client.version,
        target: migration.target,
        before: seen.before,
        after: seen.after,
        refusal: refusal && { code: refusal.code, sentence: refusal.message },
        warnings: await warningsOf(seen),
        people: { everybody, ...meant },
        effects: [
          ...effectsOnRows(clientId, client.migration, migration, await targetPeople.figures()),
          ...effectsOnLogins({
            app: wanted.app,
            before,
            after,
            target: migration.target,
            movedUrl: migration.movedUrl,
            isElsewhere: migration.target !== client.migration.target,
            verifies: capabilities.get(migration.target ?? '')?.verify ?? false,
            everybody,
            meant: meant.after,
            decided: {
              before: await decided(before, client.migration.target),
              after: await decided(after, migration.target),
            },
          }),
        ],
        shadow: await shadowOf(migration),
      };
    },
    /** What `undo` would take back; undefined when there is nothing. */
    lastSwitch: (clientId: string, app?: string) => clients.lastSwitch(clientId, app),
    async undo(
      clientId: string,
      { app, force }: Pick<WantedSwitch, 'app' | 'force'>,
      version: number,
      actor: string,
    ): Promise<SwitchedClient> {
      await clients.undoSwitch(clientId, actor, { app, force, version });
      return switched(clientId, app);
    },
    /** What shadow has found out for the client's target. */
    shadow: ownShadow,
    /** Forgets that: shadow of the target begins anew, for all of its clients. */
    async clearShadow(clientId: string, actor: string) {
      const { target } = await ownShadow(clientId);
      await shadow.clear(target, actor);
      return ownShadow(clientId);
    },
  };
}

/** @returns undefined for an app that is to have no switch of its own */
function modeOf(mode: WantedSwitch['mode'], { app }: Pick<WantedSwitch, 'app'>): Mode | undefined {
  if (mode !== 'inherit') return mode;
  if (app !== undefined) return undefined;
  const message = 'Only an app behind a client can have the mode "inherit": it then has the client’s.';
  throw new BridgeError('invalid_request', message);
}

const noClient = (clientId: string) =>
  new BridgeError('not_found', `There is no client called "${clientId}".`);
