import { z } from 'zod';
import type { Migration } from './migration.ts';

/** Words of RFC 6749, section 3.3; which ones the bridge can answer depends on what the legacy mapping gives. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/;

const redirectUri = z
  .string()
  .max(2048)
  .refine(
    isRedirectUri,
    'must be an absolute https: URL without a fragment (http: is for loopback addresses only)',
  );

/** Told of logouts by the bridge itself (OIDC Back-Channel Logout 1.0): nothing but http and https. */
const logoutUri = redirectUri.regex(/^https?:/, 'must be an https: URL');

/**
 * A relying party, by OIDC's own metadata names (OIDC Dynamic Client Registration 1.0, section 2). `pkce: optional`
 * is the bridge's own: a confidential client whose platform cannot do PKCE.
 */
export const clientShape = {
  client_id: z.string().regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters'),
  client_name: z.string().min(1).max(200).optional(),
  redirect_uris: z.array(redirectUri).max(50).default([]),
  post_logout_redirect_uris: z.array(redirectUri).max(50).optional(),
  backchannel_logout_uri: logoutUri.optional(),
  backchannel_logout_session_required: z.boolean().optional(),
  token_endpoint_auth_method: z
    .enum(['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'])
    .default('client_secret_basic'),
  jwks: z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) }).optional(),
  jwks_uri: z.url({ protocol: /^https$/ }).optional(),
  scope: z
    .string()
    .regex(SCOPE, 'must be scopes separated by single blanks')
    .max(1000)
    .optional()
    .describe('What the client may ask for, separated by blanks; everything when absent.'),
  id_token_signed_response_alg: z.enum(['RS256', 'ES256']).optional(),
  application_type: z.enum(['web', 'native']).optional(),
  pkce: z.enum(['required', 'optional']).default('required'),
};

const unchecked = z.strictObject(clientShape);
export type ClientMetadata = z.output<typeof unchecked>;

/**
 * What lets a client use the admin API, with tokens of its own (RFC 6749, section 4.4). `passwords:write` is no part of
 * `admin:write`, nor the other way round: the new platform's client has it alone.
 */
export const ADMIN_SCOPES = ['admin:read', 'admin:write', 'passwords:write'] as const;
export type AdminScope = (typeof ADMIN_SCOPES)[number];

/** The admin scopes that a client is registered with; only those that are named count. */
export function adminScopesOf({ scope = '' }: Pick<ClientMetadata, 'scope'>): AdminScope[] {
  const words = scope.split(' ');
  return ADMIN_SCOPES.filter((one) => words.includes(one));
}

/** A client of the admin API and nothing else: nobody logs in with it, so it has no redirect URI. */
export function isMachineOnly({ scope = '' }: Pick<ClientMetadata, 'scope'>): boolean {
  return scope !== '' && scope.split(' ').every((word) => ADMIN_SCOPES.some((one) => one === word));
}

/** What no single field can say; used wherever client metadata comes in. */
export function checkClient(client: ClientMetadata, context: z.core.$RefinementCtx): void {
  const method = client.token_endpoint_auth_method;
  if (method === 'private_key_jwt' && (client.jwks === undefined) === (client.jwks_uri === undefined)) {
    const message = 'private_key_jwt needs jwks or jwks_uri (one of them)';
    context.addIssue({ code: 'custom', path: ['jwks'], message, input: client });
  }
  if (client.redirect_uris.length === 0 && !isMachineOnly(client)) {
    const message = 'needs at least one address to come back to';
    context.addIssue({ code: 'custom', path: ['redirect_uris'], message, input: client });
  }
  if (method === 'none' && adminScopesOf(client).length > 0) {
    const message = 'a public client cannot prove who it is, so it gets no admin scope';
    context.addIssue({ code: 'custom', path: ['scope'], message, input: client });
  }
  if (method === 'none' && client.pkce === 'optional') {
    context.addIssue({
      code: 'custom',
      path: ['pkce'],
      message: 'a public client must use PKCE',
      input: client,
    });
  }
}

export const clientMetadata = unchecked.superRefine(checkClient);

export interface RegisteredClient {
  readonly metadata: ClientMetadata;
  /** Keyed digest of the client secret; undefined for clients that have none. */
  readonly secretDigest: string | undefined;
  readonly origin: 'config' | 'admin';
  readonly migration: Migration;
  readonly version: number;
}

/** Methods by which a client proves itself with the secret that the bridge keeps a digest of. */
export function usesSecret(metadata: ClientMetadata): boolean {
  return metadata.token_endpoint_auth_method.startsWith('client_secret_');
}

function isRedirectUri(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  if (url.hash !== '' || value.includes('#')) return false;
  if (url.protocol === 'https:') return true;
  if (url.protocol === 'http:') return ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  // Private-use schemes of native apps (RFC 8252, section 7.1) have a dot in them.
  return url.protocol.includes('.');
}
