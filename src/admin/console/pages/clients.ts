import { mode, percent } from '../../../clients/migration.ts';
import { BridgeError } from '../../../domain/errors.ts';
import { CLIENTS } from '../clients/addresses.ts';
import type { ClientPages } from '../clients/read-client.ts';
import { type Faults, metadataOf, registrationForm, type Typed } from '../clients/registration-form.ts';
import { type ConsoleEntry, form, page, type Shown } from '../page.ts';

const TITLE = 'Register a client';

/** The list of clients, and registering one. */
export function clientListPages(clients: ClientPages): ConsoleEntry[] {
  const filled = (typed: Typed, faults: Faults = {}, sentence?: string): Shown => ({
    view: 'client-form',
    title: TITLE,
    crumbs: [CLIENTS],
    ...(sentence === undefined && Object.keys(faults).length === 0 ? {} : { status: 400 }),
    data: {
      action: '/clients/new',
      isNew: true,
      typed,
      faults,
      sentence,
      targets: clients.work.targets(),
      scopes: clients.setup.offered().scopes,
    },
  });

  return [
    page({
      path: '/clients',
      title: 'Clients',
      async show() {
        const all = await clients.list();
        return { view: 'clients', data: { clients: all } };
      },
    }),
    page({
      path: '/clients/new',
      title: TITLE,
      show: async () => filled({ target: clients.work.targets()[0], mode: 'off', percent: '100' }),
    }),
    form({
      path: '/clients/new',
      title: TITLE,
      form: registrationForm,
      scripts: ['copy'],
      back: () => '/clients/new',
      async handle({ form: typed, caller }) {
        const read = metadataOf(typed);
        const limits = {
          mode: mode.safeParse(typed.mode),
          percent: percent.safeParse(Number(typed.percent)),
        };
        const faults: Faults = {
          ...('faults' in read ? read.faults : {}),
          ...(limits.mode.success ? {} : { mode: 'Choose one of the modes.' }),
          ...(limits.percent.success ? {} : { percent: 'It must be a whole number from 0 to 100.' }),
        };
        if ('faults' in read || !limits.mode.success || !limits.percent.success) return filled(typed, faults);
        const { metadata } = read;
        const migration = { target: typed.target, mode: limits.mode.data, percent: limits.percent.data };
        try {
          const { client_secret } = await clients.work.add(metadata, migration, caller.actor);
          const client = await clients.read(metadata.client_id);
          return {
            view: 'client-secret',
            title: `${client.name} is registered`,
            crumbs: [CLIENTS],
            data: {
              client,
              secret: client_secret,
              isNew: true,
              sheet: await clients.setup.sheet(metadata.client_id),
            },
          };
        } catch (error) {
          if (!(error instanceof BridgeError)) throw error;
          return filled(typed, {}, error.message);
        }
      },
    }),
  ];
}
