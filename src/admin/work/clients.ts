import type { ClientMetadata, RegisteredClient } from '../../clients/client.ts';
import type { Migration } from '../../clients/migration.ts';
import { BridgeError } from '../../domain/errors.ts';
import type { LedgerState } from '../../ledger/ledger.ts';
import type { TargetFigure } from '../../ledger/target-people.ts';
import type { StewardsDesk } from '../desk.ts';

/** What may be shown of a client. */
export function viewOf({ metadata, migration, origin, secretDigest, version }: RegisteredClient) {
  return { ...metadata, has_secret: secretDigest !== undefined, migration, origin, version };
}
export type ClientView = ReturnType<typeof viewOf>;

/** A client, and how far the people are whom its logins brought to its target. */
export type ListedClient = ClientView & {
  readonly people: { readonly across: number; readonly waiting: number; readonly failing: number };
};

/** The register of clients and their switches, for pages and API alike. */
export function createClientWork({
  clients,
  editing,
  targets,
  targetPeople,
}: Pick<StewardsDesk, 'clients' | 'editing' | 'targets' | 'targetPeople'>) {
  async function show(clientId: string): Promise<ClientView> {
    const found = await clients.find(clientId);
    if (found === undefined) throw new BridgeError('not_found', `There is no client called "${clientId}".`);
    return viewOf(found);
  }

  return {
    show,
    async list(): Promise<ListedClient[]> {
      const [registered, figures] = await Promise.all([clients.list(), targetPeople.figures()]);
      return registered.map((client) => ({ ...viewOf(client), people: peopleOf(client, figures) }));
    },
    /** The names of the targets that a client can have. */
    targets: (): string[] => [...targets.keys()],
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

function peopleOf(
  { metadata: { client_id }, migration }: RegisteredClient,
  figures: readonly TargetFigure[],
): ListedClient['people'] {
  const own = figures.filter(({ clientId, target }) => clientId === client_id && target === migration.target);
  const sum = (...states: LedgerState[]) =>
    own.reduce((all, { state, people }) => all + (states.includes(state) ? people : 0), 0);
  return {
    across: sum('copied'),
    waiting: sum('captured', 'copying', 'retrying'),
    failing: sum('parked', 'conflict'),
  };
}
