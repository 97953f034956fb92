import { z } from 'zod';
import { type ClientMetadata, clientMetadata } from '../../../clients/client.ts';

const text = z.string().optional();

/** A registration as it is typed: nothing of it is refused before it can be shown again. */
export const registrationForm = z.object({
  client_id: text,
  client_name: text,
  redirect_uris: text,
  post_logout_redirect_uris: text,
  backchannel_logout_uri: text,
  backchannel_logout_session_required: text,
  token_endpoint_auth_method: text,
  jwks: text,
  jwks_uri: text,
  scope: text,
  id_token_signed_response_alg: text,
  application_type: text,
  pkce: text,
  version: text,
  target: text,
  mode: text,
  percent: text,
});
export type Typed = z.output<typeof registrationForm>;
export type Faults = Readonly<Record<string, string>>;

/** @returns the registration, or what is wrong with it, by field */
export function metadataOf(typed: Typed): { metadata: ClientMetadata } | { faults: Faults } {
  const jwks = jsonOf(typed.jwks);
  const { data, error } = clientMetadata.safeParse(
    withoutEmpty({
      client_id: typed.client_id?.trim(),
      client_name: typed.client_name?.trim(),
      redirect_uris: linesOf(typed.redirect_uris),
      post_logout_redirect_uris: emptyIsAbsent(linesOf(typed.post_logout_redirect_uris)),
      backchannel_logout_uri: typed.backchannel_logout_uri,
      backchannel_logout_session_required: typed.backchannel_logout_session_required === 'yes' || undefined,
      token_endpoint_auth_method: typed.token_endpoint_auth_method,
      jwks,
      jwks_uri: typed.jwks_uri,
      scope: emptyIsAbsent(typed.scope?.split(/\s+/).filter((word) => word !== '') ?? [])?.join(' '),
      id_token_signed_response_alg: typed.id_token_signed_response_alg,
      application_type: typed.application_type,
      pkce: typed.pkce,
    }),
  );
  if (data !== undefined) return { metadata: data };
  return { faults: faultsOf(error.issues, typed) };
}

/** The same, of a registration that is there. */
export function typedOf(client: ClientMetadata): Typed {
  return {
    client_id: client.client_id,
    client_name: client.client_name,
    redirect_uris: client.redirect_uris.join('\n'),
    post_logout_redirect_uris: client.post_logout_redirect_uris?.join('\n'),
    backchannel_logout_uri: client.backchannel_logout_uri,
    backchannel_logout_session_required: client.backchannel_logout_session_required ? 'yes' : undefined,
    token_endpoint_auth_method: client.token_endpoint_auth_method,
    jwks: client.jwks && JSON.stringify(client.jwks, null, 2),
    jwks_uri: client.jwks_uri,
    scope: client.scope,
    id_token_signed_response_alg: client.id_token_signed_response_alg,
    application_type: client.application_type,
    pkce: client.pkce,
  };
}

function faultsOf(issues: readonly z.core.$ZodIssue[], typed: Typed): Faults {
  const faults: Record<string, string> = {};
  for (const { path, message } of issues) {
    const [field, place] = [String(path[0]), path[1]];
    const entry = typeof place === 'number' ? linesOf(typed[field as keyof Typed])[place] : undefined;
    const fault = /^[A-Z]/.test(message) ? message : `It ${message}`;
    const sentence = entry === undefined ? `${fault}.` : `${entry}: ${message}.`;
    faults[field] = [faults[field], sentence].filter((part) => part !== undefined).join(' ');
  }
  return faults;
}

const linesOf = (typed = '') =>
  typed
    .split(/\s+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const emptyIsAbsent = <T>(list: T[]) => (list.length === 0 ? undefined : list);

/** What is not JSON goes on as text, which the schema refuses. */
function jsonOf(typed: string | undefined): unknown {
  if (typed === undefined) return undefined;
  try {
    return JSON.parse(typed);
  } catch {
    return typed;
  }
}

const withoutEmpty = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
