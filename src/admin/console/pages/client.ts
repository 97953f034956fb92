import { z } from 'zod';
import { clientShape } from '../../../clients/client.ts';
import { appName } from '../../../clients/migration.ts';
import { CLIENTS, upFrom } from '../clients/addresses.ts';
import { findingsOf } from '../clients/findings.ts';
import type { ClientPages } from '../clients/read-client.ts';
import { switchFormData } from '../clients/switch-form.ts';
import { actorName, figured, inWords } from '../clients/switch-words.ts';
import { type ConsoleEntry, page } from '../page.ts';

export const params = z.object({ client_id: clientShape.client_id });

/** One client: its switch, the apps behind it, what shadow has found out, what was done. */
export function clientPages(clients: ClientPages): ConsoleEntry[] {
  const { switches, setup, work } = clients;

  async function undoOf(clientId: string, app?: string) {
    const last = await switches.lastSwitch(clientId, app);
    return last && { at: last.at, who: actorName(last.actor), to: inWords(last.before), isUndo: last.undo };
  }

  return [
    page({
      path: '/clients/{client_id}',
      title: 'Client',
      scripts: ['switch'],
      params,
      async show({ params: { client_id } }) {
        const client = await clients.read(client_id);
        const look = await switches.look(client_id);
        const hasTarget = client.migration.target !== undefined;
        const shadow = hasTarget ? findingsOf(await switches.shadow(client_id)) : undefined;
        return {
          view: 'client',
          title: client.name,
          crumbs: [CLIENTS],
          data: {
            client,
            everybody: figured(look.people.everybody),
            form: switchFormData({ metadata: client, targets: work.targets() }, look, {}),
            apps: setup.offered().apps,
            shadow,
            history: await clients.history(client_id),
            undo: await undoOf(client_id),
          },
        };
      },
    }),
    page({
      path: '/clients/{client_id}/app',
      title: 'App',
      scripts: ['switch'],
      params,
      query: z.object({ app: appName }),
      async show({ params: { client_id }, query: { app } }) {
        const client = await clients.read(client_id);
        const look = await switches.look(client_id, app);
        const { apps: _, target: __, movedUrl: ___, cutover: ____, ...inherited } = client.migration;
        return {
          view: 'client-app',
          title: app,
          crumbs: upFrom(client_id, client.name),
          data: {
            client,
            app,
            own: look.own,
            inherited: inWords(inherited),
            form: switchFormData({ metadata: client, targets: [] }, look, { app, inherited }),
            apps: setup.offered().apps,
            undo: await undoOf(client_id, app),
          },
        };
      },
    }),
  ];
}
