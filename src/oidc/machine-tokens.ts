import { type AdminScope, adminScopesOf } from '../clients/client.ts';
import type { Clients } from '../clients/clients.ts';
import { type ArtifactDeps, createArtifactAdapter } from './artifacts/artifact-adapter.ts';

/** The admin API as a resource of tokens (RFC 8707); it has no address that all deployments share. */
export const ADMIN_RESOURCE = 'urn:footbridge:admin';

/** Whom an access token speaks for, and what it may. */
export interface Machine {
  readonly clientId: string;
  readonly scopes: readonly AdminScope[];
}

/**
 * Reads access tokens that were issued by client credentials, where they were written. A token that was revoked, ran
 * out, or is not for the admin API is none; one of a client that is gone is none either, and a scope that was taken from
 * the client is taken from its tokens.
 */
export function createMachineTokens(
  deps: ArtifactDeps & { readonly clients: Pick<Clients, 'find'> },
): (token: string) => Promise<Machine | undefined> {
  const tokens = createArtifactAdapter('ClientCredentials', deps);
  return async (token) => {
    const found = await tokens.find(token);
    if (found?.clientId === undefined || found.aud !== ADMIN_RESOURCE) return undefined;
    if (found.exp === undefined || found.exp * 1000 <= deps.clock()) return undefined;
    const client = await deps.clients.find(found.clientId);
    if (client === undefined) return undefined;
    const granted = String(found.scope ?? '').split(' ');
    return {
      clientId: found.clientId,
      scopes: adminScopesOf(client.metadata).filter((scope) => granted.includes(scope)),
    };
  };
}
