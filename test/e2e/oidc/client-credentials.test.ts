import { afterEach, expect, test } from 'vitest';
import { createMachineTokens } from '../../../src/oidc/machine-tokens.ts';
import { client, type OidcWorld, SECRET, startOidc } from '../../support/oidc-world.ts';

let world: OidcWorld;
afterEach(() => world.close());

const start = async (options: Parameters<typeof startOidc>[0] = {}) => {
  world = await startOidc({
    clients: [
      client({ client_id: 'deploy', redirect_uris: [], scope: 'admin:read admin:write' }),
      client({ client_id: 'watch', redirect_uris: [], scope: 'admin:read' }),
      client({ client_id: 'rp' }),
    ],
    ...options,
  });
  return world;
};

const post = (path: string, clientId: string, form: Record<string, string>) =>
  world.fetch(`${world.issuer}${path}`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${clientId}:${SECRET}`)}` },
    body: new URLSearchParams(form),
  });

const ask = (clientId: string, form: Record<string, string> = { scope: 'admin:read admin:write' }) =>
  post('/token', clientId, { grant_type: 'client_credentials', ...form });

const tokenOf = async (answer: Response) => (await answer.json()) as { access_token: string };

test('A client gets an opaque token for the scopes of the admin API that it is registered with, and no others.', async () => {
  await start();
  const all = await tokenOf(await ask('deploy'));
  expect(all).toMatchObject({ token_type: 'Bearer', scope: 'admin:read admin:write' });
  expect(all.access_token).not.toContain('.');
  expect(await (await ask('watch')).json()).toMatchObject({ scope: 'admin:read' });
  expect(await (await ask('deploy', { scope: 'admin:read' })).json()).toMatchObject({ scope: 'admin:read' });
});

test('A client without those scopes gets none, and nothing else can be asked for.', async () => {
  await start();
  expect((await ask('rp')).status).toBe(400);
  expect((await ask('deploy', { scope: 'admin:read', resource: 'https://other.example.com' })).status).toBe(
    400,
  );
});

test('A client of the admin API alone logs nobody in.', async () => {
  const { issuer, fetch } = await start();
  const url = new URL(`${issuer}/authorize`);
  url.search = String(
    new URLSearchParams({
      client_id: 'deploy',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: 'https://app.example.com/callback',
    }),
  );
  expect((await fetch(url, { redirect: 'manual' })).status).toBe(400);
});

test('A platform that sends a resource with its authorization requests is served as before.', async () => {
  const { issuer, fetch } = await start();
  const url = new URL(`${issuer}/authorize`);
  url.search = String(
    new URLSearchParams({
      client_id: 'rp',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: 'https://app.example.com/callback',
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
      resource: 'https://api.example.com',
    }),
  );
  const answer = await fetch(url, { redirect: 'manual' });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toContain('/interaction/');
});

test('A token is worth nothing once it is revoked or its client has lost the scope.', async () => {
  const { store, clients } = await start();
  const { access_token: token } = await tokenOf(await ask('deploy'));
  const read = createMachineTokens({ ...world.artifacts, store, clients });
  expect(await read(token)).toEqual({ clientId: 'deploy', scopes: ['admin:read', 'admin:write'] });
  expect(await read(`${token}x`)).toBeUndefined();

  clients.replace(client({ client_id: 'deploy', redirect_uris: [], scope: 'admin:read' }));
  expect(await read(token)).toMatchObject({ scopes: ['admin:read'] });

  expect((await post('/token/revoke', 'deploy', { token })).status).toBe(200);
  expect(await read(token)).toBeUndefined();
});
