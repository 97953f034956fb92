import { z } from 'zod';
import { BridgeError, hasCode } from '../../../domain/errors.ts';
import { Refusal } from '../../../http/refusal.ts';
import { CLIENTS, clientHref, upFrom } from '../clients/addresses.ts';
import type { ClientPages } from '../clients/read-client.ts';
import {
  type Faults,
  metadataOf,
  registrationForm,
  type Typed,
  typedOf,
} from '../clients/registration-form.ts';
import { type ConsoleEntry, form, page, type Shown } from '../page.ts';
import { params } from './client.ts';

const version = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const EDIT = 'Edit the registration';

/** What to type at the other side, editing what is registered, a new secret, and removing the client. */
export function clientRegistrationPages(clients: ClientPages): ConsoleEntry[] {
  const { work, setup } = clients;

  async function filled(
    clientId: string,
    typed?: Typed,
    faults: Faults = {},
    sentence?: string,
  ): Promise<Shown> {
    const client = await clients.read(clientId);
    return {
      view: client.isConfigured ? 'client-configured' : 'client-form',
      title: EDIT,
      crumbs: upFrom(clientId, client.name),
      ...(typed === undefined ? {} : { status: 400 }),
      data: {
        client,
        action: `${client.href}/edit`,
        isNew: false,
        typed: typed ?? typedOf(client),
        version: typed?.version ?? String(client.version),
        faults,
        sentence,
        scopes: setup.offered().scopes,
      },
    };
  }

  /** The sentence of a change to what somebody else changed meanwhile. */
  async function saidOf(clientId: string, error: BridgeError): Promise<string> {
    if (error.code !== 'changed_meanwhile') return error.message;
    const last = await clients.lastChange(clientId);
    const who = last === undefined ? 'Somebody changed it' : `${last.who} ${last.what}`;
    return `${who} meanwhile, and nothing was changed. Look at the client again, then repeat your change.`;
  }

  return [
    page({
      path: '/clients/{client_id}/setup',
      title: 'Setup sheet',
      scripts: ['copy'],
      params,
      async show({ params: { client_id } }) {
        const client = await clients.read(client_id);
        return {
          view: 'client-setup',
          title: 'Setup sheet',
          crumbs: upFrom(client_id, client.name),
          data: { client, sheet: await setup.sheet(client_id) },
        };
      },
    }),
    page({
      path: '/clients/{client_id}/edit',
      title: EDIT,
      params,
      show: ({ params: { client_id } }) => filled(client_id),
    }),
    form({
      path: '/clients/{client_id}/edit',
      title: EDIT,
      params,
      form: registrationForm,
      back: ({ client_id }) => `${clientHref(client_id)}/edit`,
      async handle({ params: { client_id }, form: typed, caller }) {
        const read = metadataOf({ ...typed, client_id });
        if ('faults' in read) return filled(client_id, typed, read.faults);
        try {
          await work.edit(client_id, read.metadata, Number(typed.version ?? -1), caller.actor);
        } catch (error) {
          if (!(error instanceof BridgeError)) throw error;
          return filled(client_id, typed, {}, await saidOf(client_id, error));
        }
        const { name, href } = await clients.read(client_id);
        return {
          to: href,
          done: `The registration of ${name} was changed. It holds in every instance at once.`,
        };
      },
    }),
    form({
      path: '/clients/{client_id}/secret',
      title: 'A new secret',
      scripts: ['copy'],
      params,
      form: z.object({ version }),
      back: ({ client_id }) => `${clientHref(client_id)}/edit`,
      async handle({ params: { client_id }, form: sent, caller }) {
        try {
          const { client_secret } = await work.rotateSecret(client_id, sent.version, caller.actor);
          const client = await clients.read(client_id);
          return {
            view: 'client-secret',
            title: `${client.name} has a new secret`,
            crumbs: upFrom(client_id, client.name),
            data: { client, secret: client_secret, isNew: false, sheet: await setup.sheet(client_id) },
          };
        } catch (error) {
          if (!hasCode(error, 'changed_meanwhile')) throw error;
          throw new BridgeError('changed_meanwhile', await saidOf(client_id, error));
        }
      },
    }),
    form({
      path: '/clients/{client_id}/remove',
      title: 'Remove',
      params,
      form: z.object({ version, confirm: z.string().optional() }),
      back: ({ client_id }) => `${clientHref(client_id)}/edit`,
      async handle({ params: { client_id }, form: sent, caller }) {
        if (sent.confirm?.trim() !== client_id) {
          const message = `Nothing was removed: type "${client_id}" to say that this client is meant.`;
          throw new Refusal(400, 'invalid_input', message);
        }
        try {
          await work.remove(client_id, sent.version, caller.actor);
        } catch (error) {
          if (!hasCode(error, 'changed_meanwhile')) throw error;
          throw new BridgeError('changed_meanwhile', await saidOf(client_id, error));
        }
        return {
          to: CLIENTS.href,
          done: `${client_id} was removed: nobody logs in with it any more. Whoever was copied stays copied.`,
        };
      },
    }),
  ];
}
