import type { ClientMetadata, RegisteredClient } from '../../clients/client.ts';
import type { Migration } from '../../clients/migration.ts';
import { BridgeError } from '../../domain/errors.ts';
import type { StewardsDesk } from '../desk.ts';

/** What may be shown of a client. */
export function viewOf({ metadata, migration, origin, secretDigest, version }: RegisteredClient) {
  return { ...metadata, has_secret: secretDigest !== undefined, migration, origin, version };
}
export type ClientView = ReturnType<typeof viewOf>;

/** The register of clients and their switches, for pages and API alike. */
export function createClientWork({
  clients,
  editing,
  targets,
}: Pick<StewardsDesk, 'clients' | 'editing' | 'targets'>) {
  async function show(clientId: string): Promise<ClientView> {
    const found = await clients.find(clientId);
    if (found === undefined) throw new BridgeError('not_found', `There is no client called "${clientId}".`);
    return viewOf(found);
  }

  return {
    show,
    list: async (): Promise<ClientView[]> => (await clients.list()).map(viewOf),
    /** @returns the client and its secret, which is shown this once */
    async add(metadata: ClientMetadata, migration: Migration, actor: string) {
      const { target } = migration;
      if (target !== undefined && !targets.has(target)) {
        const names = [...targets.keys()].join(', ') || 'none is configured';
        throw new BridgeError('invalid_request', `There is no target "${target}"; targets: ${names}.`);
      }
      const client_secret = await clients.add(metadata, migration, actor);
      return { ...(await show(metadata.client_id)), client_secret };
    },
    edit: async (clientId: string, metadata: ClientMetadata, version: number, actor: string) =>
      viewOf(await editing.edit(clientId, metadata, version, actor)),
    async rotateSecret(clientId: string, version: number, actor: string) {
      const client_secret = await editing.rotateSecret(clientId, version, actor);
      return { ...(await show(clientId)), client_secret };
    },
    async remove(clientId: string, version: number, actor: string): Promise<void> {
      await editing.claim(clientId, version);
      await clients.remove(clientId, actor);
    },
  };
}
