import { BridgeError, hasCode } from '../../../domain/errors.ts';
import type { WantedSwitch } from '../../work/switches.ts';
import { changesBetween } from '../changes.ts';
import { appHref, clientHref, upFrom } from '../clients/addresses.ts';
import type { ClientPages } from '../clients/read-client.ts';
import { hiddenFields, switchForm, switchFormData, undoForm, wantedOf } from '../clients/switch-form.ts';
import { figured, inWords, withMoments, worded } from '../clients/switch-words.ts';
import { type ConsoleEntry, form, type Sent, type Shown, type Undo } from '../page.ts';
import { params } from './client.ts';

const TITLE = 'What this changes';

/** Turning a switch in two steps: what a change does, and doing it; and taking it back. */
export function clientSwitchForms(clients: ClientPages): ConsoleEntry[] {
  const { switches, work } = clients;

  /** @param lost somebody was faster: the change is shown against what is there now */
  async function preview(clientId: string, wanted: WantedSwitch, lost = false): Promise<Shown> {
    const client = await clients.read(clientId);
    const { app } = wanted;
    const seen = await switches.preview(clientId, wanted);
    const look = await switches.look(clientId, app);
    const { apps: _, target, movedUrl: __, cutover: ___, ...inherited } = client.migration;
    const isElsewhere = seen.target !== target;
    const changes = changesBetween(
      worded(seen.before, isElsewhere ? target : undefined),
      worded(seen.after, isElsewhere ? seen.target : undefined),
    );
    return {
      view: 'client-preview',
      title: TITLE,
      crumbs: upFrom(clientId, client.name),
      status: lost ? 412 : 200,
      data: {
        client,
        app,
        back: app === undefined ? client.href : appHref(clientId, app),
        before: inWords(seen.before),
        after: inWords(seen.after),
        changes,
        lost: lost ? await clients.lastChange(clientId) : undefined,
        refusal: seen.refusal && { ...seen.refusal, sentence: withMoments(seen.refusal.sentence) },
        warnings: seen.warnings.map(withMoments),
        people: {
          everybody: figured(seen.people.everybody),
          before: figured(seen.people.before),
          after: figured(seen.people.after),
        },
        effects: seen.effects.map((effect) => ({ ...effect, figure: figured(effect.people) })),
        hidden: hiddenFields(wanted, seen.version),
        form: switchFormData({ metadata: client, targets: work.targets() }, look, {
          app,
          inherited,
          ...(wanted.mode === 'inherit' ? {} : { wanted, meant: seen.people.after }),
        }),
      },
    };
  }

  /** What a flash says of the switch, with the way back. */
  async function done(clientId: string, app: string | undefined, say: string): Promise<Sent> {
    const client = await clients.read(clientId);
    const one = app === undefined ? client.migration : client.migration.apps?.[app];
    const name = app === undefined ? client.name : `${client.name}, app ${app},`;
    const undo: Undo = {
      label: 'Undo',
      action: `${clientHref(clientId)}/undo`,
      fields: { ...(app === undefined ? {} : { app }), version: String(client.version) },
    };
    return {
      to: app === undefined ? client.href : appHref(clientId, app),
      done: `${say}${name} is now ${inWords(one)}.`,
      undo,
    };
  }

  return [
    form({
      path: '/clients/{client_id}/preview',
      title: TITLE,
      scope: 'admin:read',
      scripts: ['switch'],
      params,
      form: switchForm,
      back: ({ client_id }) => clientHref(client_id),
      async handle({ params: { client_id }, form: sent }) {
        const { version } = await clients.read(client_id);
        return preview(client_id, wantedOf(sent), version !== sent.version);
      },
    }),
    form({
      path: '/clients/{client_id}/switch',
      title: TITLE,
      scripts: ['switch'],
      params,
      form: switchForm,
      back: ({ client_id }) => clientHref(client_id),
      async handle({ params: { client_id }, form: sent, caller }) {
        const wanted = wantedOf(sent);
        try {
          await switches.setMode(client_id, wanted, sent.version, caller.actor);
        } catch (error) {
          // The preview says the same refusal, beside what was wanted.
          if (!(error instanceof BridgeError) || !SHOWN.includes(error.code)) throw error;
          return preview(client_id, wanted, error.code === 'changed_meanwhile');
        }
        return done(client_id, wanted.app, '');
      },
    }),
    form({
      path: '/clients/{client_id}/undo',
      title: 'Undo',
      params,
      form: undoForm,
      back: ({ client_id }) => clientHref(client_id),
      async handle({ params: { client_id }, form: { app, version }, caller }) {
        try {
          await switches.undo(client_id, { app }, version, caller.actor);
        } catch (error) {
          if (!hasCode(error, 'changed_meanwhile')) throw error;
          const last = await clients.lastChange(client_id);
          const who = last === undefined ? 'Somebody changed it' : `${last.who} ${last.what}`;
          throw new BridgeError(
            'changed_meanwhile',
            `${who} meanwhile, so nothing was taken back. This is how it is now.`,
          );
        }
        return done(client_id, app, 'Taken back: ');
      },
    }),
    form({
      path: '/clients/{client_id}/shadow/clear',
      title: 'Shadow',
      params,
      back: ({ client_id }) => clientHref(client_id),
      async handle({ params: { client_id }, caller }) {
        const { target } = await switches.clearShadow(client_id, caller.actor);
        return { to: clientHref(client_id), done: `Shadow of target ${target} begins anew.` };
      },
    }),
  ];
}

const SHOWN: readonly string[] = ['changed_meanwhile', 'cannot_be_honoured', 'not_in_this_state'];
