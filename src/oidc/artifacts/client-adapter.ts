import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Clients } from '../../clients/clients.ts';
import type { Logger } from '../../runtime/logger.ts';
import { toProviderMetadata } from '../provider/client-metadata.ts';
import { temporarilyUnavailable } from './unavailable.ts';

/**
 * Shows the bridge's register of clients to oidc-provider, asked anew for every request. Read-only: clients are
 * registered by the operator.
 *
 * @param secretPlaceholder stands where oidc-provider wants a client secret to be; nothing is ever compared with it
 */
export function createClientAdapter(clients: Clients, secretPlaceholder: string, logger: Logger): Adapter {
  const readOnly = async () => {
    throw new Error('The register of clients is read-only here.');
  };
  return {
    async find(id): Promise<AdapterPayload | undefined> {
      try {
        const client = await clients.find(id);
        return client && toProviderMetadata(client.metadata, secretPlaceholder);
      } catch (error) {
        logger.error({ err: error }, 'The register of clients could not be read.');
        throw temporarilyUnavailable(
          'The login service cannot reach its store. Try again in a moment.',
          error,
        );
      }
    },
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    upsert: readOnly,
    consume: readOnly,
    destroy: readOnly,
    revokeByGrantId: readOnly,
  };
}
