import {
  adminScopesOf,
  type ClientMetadata,
  isMachineOnly,
  type RegisteredClient,
  usesSecret,
} from '../../clients/client.ts';
import { BridgeError } from '../../domain/errors.ts';
import type { ProviderOffer, StewardsDesk } from '../desk.ts';

/** One way for a login to say which app behind the client it is for. */
export interface AppNaming {
  readonly how: 'connection' | 'parameter' | 'acr_values';
  /** Whether the bridge listens to it as it is configured. */
  readonly applies: boolean;
  readonly sentence: string;
  /** As it stands in the authorization request. */
  readonly example?: string;
}

/** What to type at the other side, so that it federates to the bridge. */
export function createSetupWork({ clients, offer }: Pick<StewardsDesk, 'clients' | 'offer'>) {
  return {
    /** The scopes that a client may ask for, and how logins name apps, whoever the client is. */
    offered: () => ({ scopes: Object.keys(offer.claimsOfScopes), apps: appsOf(offer) }),
    async sheet(clientId: string) {
      const client = await clients.find(clientId);
      if (client === undefined)
        throw new BridgeError('not_found', `There is no client called "${clientId}".`);
      return sheetOf(client, offer);
    },
  };
}

function sheetOf({ metadata, origin }: RegisteredClient, offer: ProviderOffer) {
  const machine = isMachineOnly(metadata);
  const scopes = machine ? [] : scopesOf(metadata, offer);
  return {
    issuer: offer.issuer,
    discovery: offer.discovery,
    endpoints: { ...offer.endpoints },
    client_id: metadata.client_id,
    origin,
    logsPeopleIn: !machine,
    authentication: {
      method: metadata.token_endpoint_auth_method,
      sentence: HOW_IT_PROVES_ITSELF[metadata.token_endpoint_auth_method],
      has_secret: usesSecret(metadata),
    },
    pkce: metadata.pkce,
    response_type: machine ? undefined : ('code' as const),
    redirect_uris: [...metadata.redirect_uris],
    post_logout_redirect_uris: [...(metadata.post_logout_redirect_uris ?? [])],
    backchannel_logout_uri: metadata.backchannel_logout_uri,
    id_token_signed_response_alg: metadata.id_token_signed_response_alg ?? ('RS256' as const),
    scopes: scopes.map((scope) => ({ scope, claims: [...(offer.claimsOfScopes[scope] ?? [])] })),
    admin_scopes: adminScopesOf(metadata),
    apps: machine ? [] : appsOf(offer),
  };
}

/** What it may ask for and the bridge can answer. */
function scopesOf({ scope }: ClientMetadata, { claimsOfScopes }: ProviderOffer): string[] {
  const offered = Object.keys(claimsOfScopes);
  return scope === undefined ? offered : scope.split(' ').filter((word) => offered.includes(word));
}

const HOW_IT_PROVES_ITSELF: Record<ClientMetadata['token_endpoint_auth_method'], string> = {
  client_secret_basic: 'With its secret in the Authorization header of token requests (HTTP Basic).',
  client_secret_post: 'With its secret in the body of token requests.',
  private_key_jwt: 'With an assertion signed by its own key; the bridge knows the public one.',
  none: 'Not at all: it is a public client, and PKCE protects its logins.',
};

function appsOf({ app: { acrPrefix, parameter } }: ProviderOffer): AppNaming[] {
  return [
    {
      how: 'connection',
      applies: true,
      sentence:
        'Give the app an upstream connection of its own at the new platform and register that here as another client: ' +
        'it then has its own switch and its own target.',
    },
    parameter === undefined
      ? {
          how: 'parameter',
          applies: false,
          sentence: 'No parameter names the app: oidc.app.parameter of the configuration would say which.',
        }
      : {
          how: 'parameter',
          applies: true,
          sentence: `The parameter "${parameter}" of the authorization request names the app, and counts before acr_values.`,
          example: `${parameter}=shop`,
        },
    {
      how: 'acr_values',
      applies: true,
      sentence: `A value of acr_values that begins with "${acrPrefix}" names the app.`,
      example: `acr_values=${acrPrefix}shop`,
    },
  ];
}
