import { createHash } from 'node:crypto';
import { deleteRow, deleteRowsOfGrant, sessionsAndGrantsOf } from './artifacts/artifact-rows.ts';
import { createHallPages } from './interaction/hall-pages.ts';
import { createProvider, type ProviderDeps } from './provider/create-provider.ts';
import type { Revocation } from './revocation.ts';

/** What a session of oidc-provider says of where its person is logged in. */
interface SessionPayload {
  readonly authorizations?: Readonly<Record<string, { readonly sid?: string; readonly grantId?: string }>>;
}

/** What oidc-provider's clients can do and its types do not say. */
interface ToldOfLogouts {
  backchannelLogout(subject: string, sid: string | undefined): Promise<void>;
}

interface GrantPayload {
  readonly clientId?: string;
}

/** A provider that answers nobody: it knows clients and keys, and signs what they are told. */
export function createRevocation(deps: Omit<ProviderDeps, 'pages' | 'desk'>): Revocation {
  const { store, sealing, logger } = deps;
  const nobody = { findAccount: async () => undefined };
  const pages = createHallPages(new URL(deps.issuer));
  const provider = createProvider({ ...deps, pages, desk: nobody });

  async function tell(clientId: string, subject: string, sid: string | undefined): Promise<void> {
    try {
      const client = await provider.Client.find(clientId);
      if (client?.backchannelLogoutUri === undefined) return;
      if (client.backchannelLogoutSessionRequired && sid === undefined) return;
      await (client as unknown as ToldOfLogouts).backchannelLogout(subject, sid);
      logger.info({ client_id: clientId, sub: subject }, 'A client was told that somebody is logged out.');
    } catch (err) {
      logger.warn({ client_id: clientId, sub: subject, err }, 'A client could not be told of a logout.');
    }
  }

  return {
    async revoke(subject) {
      const account = createHash('sha256').update(subject).digest('hex');
      const logins: Login[] = [];
      for (const row of await sessionsAndGrantsOf(store, account)) {
        const payload = sealing.open(row.sealed_payload, `artifact/${row.model}/${row.id}`);
        logins.push(...loginsIn(row.model, JSON.parse(payload.toString('utf8'))));
        if (row.model === 'Grant') await deleteRowsOfGrant(store, row.id);
        await deleteRow(store, row.model, row.id);
      }
      // A client that was logged in to by a session is told of that; of a grant alone, who has heard of no session.
      const sessions = logins.filter(({ sid }) => sid !== undefined);
      const known = new Set(sessions.map(({ clientId }) => clientId));
      const others = new Set(logins.map(({ clientId }) => clientId).filter((id) => !known.has(id)));
      for (const { clientId, sid } of sessions) await tell(clientId, subject, sid);
      for (const clientId of others) await tell(clientId, subject, undefined);
    },
  };
}

interface Login {
  readonly clientId: string;
  readonly sid: string | undefined;
}

function loginsIn(model: string, payload: SessionPayload & GrantPayload): Login[] {
  const { authorizations = {}, clientId } = payload;
  if (model === 'Session') {
    return Object.entries(authorizations).map(([client, { sid }]) => ({ clientId: client, sid }));
  }
  return clientId === undefined ? [] : [{ clientId, sid: undefined }];
}
