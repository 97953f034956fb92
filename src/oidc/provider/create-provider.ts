import Provider from 'oidc-provider';
import type { Clients } from '../../clients/clients.ts';
import type { OfferedClaim } from '../../domain/user-profile.ts';
import { basePathOf } from '../../http/pages.ts';
import type { LoginDesk } from '../../login/login-desk.ts';
import { type Random, randomToken } from '../../runtime/random.ts';
import { type ArtifactDeps, createArtifactAdapter } from '../artifacts/artifact-adapter.ts';
import { createClientAdapter } from '../artifacts/client-adapter.ts';
import type { HallPages } from '../interaction/hall-pages.ts';
import type { OidcOptions } from '../options.ts';
import type { SigningKeys } from '../signing-keys.ts';
import { createFindAccount } from './accounts.ts';
import { logEvents } from './log-events.ts';
import { providerOptions } from './provider-options.ts';

export interface ProviderDeps extends Omit<ArtifactDeps, 'clockTolerance'> {
  /** Exactly as clients know it. */
  readonly issuer: string;
  readonly options: OidcOptions;
  readonly clients: Clients;
  readonly desk: Pick<LoginDesk, 'findAccount'>;
  /** The claims beside OIDC's own that the legacy mapping and hooks give. */
  readonly offered?: readonly OfferedClaim[];
  readonly keys: SigningKeys;
  readonly cookieKeys: readonly string[];
  readonly pages: HallPages;
  readonly random: Random;
}

export function createProvider(deps: ProviderDeps): Provider {
  const { issuer, options, clients, desk, keys, cookieKeys, pages, random, logger, offered = [] } = deps;
  const url = new URL(issuer);
  const placeholder = randomToken(random, 48);
  const artifacts = { ...deps, clockTolerance: options.clockTolerance };
  const provider = new Provider(
    issuer,
    providerOptions({
      adapter: (model) =>
        model === 'Client'
          ? createClientAdapter(clients, placeholder, logger)
          : createArtifactAdapter(model, artifacts),
      keys,
      cookieKeys,
      options,
      pages,
      findAccount: createFindAccount(desk, offered),
      offered,
      basePath: basePathOf(url),
      secure: url.protocol === 'https:',
    }),
  );
  // The porch has written the headers that this makes Koa believe.
  provider.proxy = true;
  // The store holds a digest alone, so oidc-provider's own comparison, with the placeholder, must never run.
  provider.Client.prototype.compareClientSecret = async function compareClientSecret(actual: string) {
    const client = await clients.find(this.clientId);
    return client !== undefined && clients.verifySecret(client, actual);
  };
  logEvents(provider, logger);
  return provider;
}
