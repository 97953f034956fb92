import { isMachineOnly } from '../../../clients/client.ts';
import { BridgeError } from '../../../domain/errors.ts';
import type { AuditLine } from '../../../store/audit.ts';
import type { StewardsDesk } from '../../desk.ts';
import { createAuditWork } from '../../work/audit.ts';
import { createClientWork, type ListedClient } from '../../work/clients.ts';
import { createSetupWork } from '../../work/setup.ts';
import { createSwitchWork } from '../../work/switches.ts';
import { changesBetween } from '../changes.ts';
import { appHref, clientHref } from './addresses.ts';
import { actorName, inWords, limitsOf, wordedNote } from './switch-words.ts';

const HISTORY = 10;

export type ClientPages = ReturnType<typeof createClientPages>;

/** What the pages of clients are made of: the work of all of them, and what several show. */
export function createClientPages(desk: StewardsDesk) {
  const work = createClientWork(desk);
  const switches = createSwitchWork(desk);
  const setup = createSetupWork(desk);
  const audit = createAuditWork(desk);

  async function read(clientId: string) {
    const found = (await work.list()).find(({ client_id }) => client_id === clientId);
    if (found === undefined) throw new BridgeError('not_found', `There is no client called "${clientId}".`);
    return shownClient(found);
  }

  return {
    work,
    switches,
    setup,
    read,
    async list() {
      return (await work.list()).map(shownClient);
    },
    /** What was done to the client, newest first. */
    async history(clientId: string) {
      const { items, next } = await audit.list({ subject: `client:${clientId}`, limit: HISTORY });
      return { lines: items.map(told), more: next !== undefined };
    },
    /** Who changed the client last, for whoever was slower; undefined where the trail does not say. */
    async lastChange(clientId: string) {
      const { items } = await audit.list({ subject: `client:${clientId}`, limit: 1 });
      return items.map(told)[0];
    },
  };
}

function shownClient(client: ListedClient) {
  const { client_id, client_name, migration, origin } = client;
  const { apps = {}, ...own } = migration;
  return {
    ...client,
    name: client_name ?? client_id,
    href: clientHref(client_id),
    isMachine: isMachineOnly(client),
    isConfigured: origin === 'config',
    limits: limitsOf(own),
    apps: Object.entries(apps).map(([app, one]) => ({
      app,
      href: appHref(client_id, app),
      mode: one.mode,
      percent: one.percent,
      limits: limitsOf(one),
      inWords: inWords(one),
    })),
  };
}
export type ShownClient = ReturnType<typeof shownClient>;

const told = ({ at, actor, action, before, after }: AuditLine) => ({
  at,
  actor,
  who: actorName(actor),
  action,
  what: whatIn(action, after),
  changes: changesBetween(wordedNote(before), wordedNote(after)),
});

function whatIn(action: string, after: unknown): string {
  const { app, undo } = Object(after) as Record<string, unknown>;
  const what =
    action === 'client.mode' && undo === true ? 'took a change of the switch back' : ACTIONS[action];
  return `${what ?? action}${typeof app === 'string' ? `, for app ${app}` : ''}`;
}

const ACTIONS: Readonly<Record<string, string>> = {
  'client.add': 'registered it',
  'client.mode': 'turned the switch',
  'client.edit': 'edited the registration',
  'client.rotate-secret': 'made a new secret',
  'client.remove': 'removed it',
};
