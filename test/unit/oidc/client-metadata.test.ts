import { expect, test } from 'vitest';
import { toProviderMetadata } from '../../../src/oidc/provider/client-metadata.ts';
import { client } from '../../support/oidc-world.ts';

const map = (metadata: Parameters<typeof client>[0]) => toProviderMetadata(client(metadata), 'placeholder');

test('A client with a secret gets the placeholder, one without gets none.', () => {
  expect(map({ client_id: 'a' })).toMatchObject({ client_id: 'a', client_secret: 'placeholder' });
  for (const method of ['none', 'private_key_jwt'] as const) {
    expect(map({ client_id: 'a', token_endpoint_auth_method: method })).not.toHaveProperty('client_secret');
  }
});

test('Only the authorization code flow is ever allowed, and refreshing where the scope allows it.', () => {
  const grants = (scope?: string) =>
    map({ client_id: 'a', ...(scope === undefined ? {} : { scope }) }).grant_types;
  expect(grants()).toEqual(['authorization_code', 'refresh_token']);
  expect(grants('openid offline_access')).toEqual(['authorization_code', 'refresh_token']);
  expect(grants('openid email')).toEqual(['authorization_code']);
  expect(map({ client_id: 'a' }).response_types).toEqual(['code']);
});

test('A private-use scheme makes a native app of a client that does not say what it is.', () => {
  const type = (uri: string, more = {}) =>
    map({ client_id: 'a', redirect_uris: [uri], ...more }).application_type;
  expect(type('https://app.example.com/')).toBe('web');
  expect(type('http://127.0.0.1:3000/')).toBe('web');
  expect(type('com.example.app:/')).toBe('native');
  expect(type('http://127.0.0.1/', { application_type: 'native' })).toBe('native');
});

test('Scopes of the admin API give tokens of the client’s own; a client that has no others logs nobody in.', () => {
  const both = map({ client_id: 'a', scope: 'openid admin:read' });
  expect(both).toMatchObject({ scope: 'openid', admin_scope: 'admin:read', response_types: ['code'] });
  expect(both.grant_types).toEqual(['authorization_code', 'client_credentials']);
  const machine = map({ client_id: 'a', scope: 'admin:read admin:write', redirect_uris: [] });
  expect(machine).toMatchObject({ grant_types: ['client_credentials'], response_types: [] });
  expect(machine).not.toHaveProperty('scope');
});
