import { request as httpRequest } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { type OidcWorld, startOidc } from '../../support/oidc-world.ts';
import { relyingParty } from '../../support/relying-party.ts';

const worlds: OidcWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});
async function start(options: Parameters<typeof startOidc>[0]): Promise<OidcWorld> {
  const world = await startOidc(options);
  worlds.push(world);
  return world;
}

function get(port: number, path: string, headers: Record<string, string>) {
  return new Promise<{ status: number; body: string; cookies: string[] }>((done, fail) => {
    httpRequest({ host: '127.0.0.1', port, path, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, body, cookies: response.headers['set-cookie'] ?? [] }),
      );
    })
      .on('error', fail)
      .end();
  });
}

test('Discovery says what the bridge offers, and no more.', async () => {
  const { fetch, issuer } = await start({ issuer: 'https://login.example.com' });
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
  expect(answer.headers.get('content-type')).toContain('application/json');
  const metadata = await answer.json();
  expect(metadata).toMatchObject({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    end_session_endpoint: `${issuer}/logout`,
    introspection_endpoint: `${issuer}/token/introspect`,
    revocation_endpoint: `${issuer}/token/revoke`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    code_challenge_methods_supported: ['S256'],
    subject_types_supported: ['public'],
    scopes_supported: expect.arrayContaining([
      'openid',
      'offline_access',
      'profile',
      'email',
      'phone',
      'address',
    ]),
    token_endpoint_auth_methods_supported: [
      'client_secret_basic',
      'client_secret_post',
      'private_key_jwt',
      'none',
    ],
    id_token_signing_alg_values_supported: ['RS256', 'ES256'],
    claims_parameter_supported: true,
    request_uri_parameter_supported: false,
    ui_locales_supported: ['en', 'de', 'fr', 'es', 'nl', 'pt', 'it', 'pl', 'ja', 'zh'],
  });
  const text = JSON.stringify(metadata);
  expect(text).not.toMatch(/HS256|"none"\]?,"RS|implicit|registration|pushed_authorization|dpop|plain/);
  for (const url of text.match(/"https?:[^"]*"/g) ?? []) expect(url).toContain(`"${issuer}`);
});

test('Discovery is the same byte for byte whatever a request claims about host and scheme.', async () => {
  const seen = new Set<string>();
  const refused: { status: number; body: string }[] = [];
  for (const trustProxy of [false, ['127.0.0.1']] as const) {
    const { port } = await start({ issuer: 'https://login.example.com', trustProxy });
    for (const headers of claimsAboutHostAndScheme()) {
      const answer = await get(port, '/.well-known/openid-configuration', headers);
      if (answer.status === 200) seen.add(answer.body);
      else refused.push(answer);
    }
  }
  expect(seen.size).toBe(1);
  expect([...seen, ...refused.map(({ body }) => body)].join('')).not.toContain('evil.example');
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([421]));
  expect(refused.length).toBeGreaterThan(50);
});

function claimsAboutHostAndScheme(): Record<string, string>[] {
  const hosts = ['login.example.com', 'login.example.com:443', 'evil.example', 'localhost'];
  const either = (name: string, ...values: string[]) => [{}, ...values.map((value) => ({ [name]: value }))];
  return hosts.flatMap((host) =>
    either('x-forwarded-host', 'login.example.com', 'evil.example').flatMap((forwardedHost) =>
      either('x-forwarded-proto', 'http', 'https', 'javascript').flatMap((proto) =>
        either('forwarded', 'for=6.6.6.6;host=evil.example;proto=http').map((forwarded) => ({
          host,
          'x-forwarded-port': '81',
          ...forwardedHost,
          ...proto,
          ...forwarded,
        })),
      ),
    ),
  );
}

test('A request target with a host of its own does not change discovery.', async () => {
  const { port } = await start({ issuer: 'https://login.example.com' });
  const headers = { host: 'login.example.com' };
  const { status, body } = await get(port, 'http://evil.example/.well-known/openid-configuration', headers);
  expect(status).toBe(400);
  expect(body).not.toContain('evil.example');
});

test('Cookies of an https issuer are Secure, whatever a request claims about its scheme.', async () => {
  const { port } = await start({ issuer: 'https://login.example.com', trustProxy: ['127.0.0.1'] });
  const query = new URLSearchParams({
    client_id: 'rp',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: 'https://app.example.com/callback',
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
  });
  for (const proto of ['http', 'https']) {
    const headers = { host: 'login.example.com', 'x-forwarded-proto': proto };
    const { cookies } = await get(port, `/authorize?${query}`, headers);
    expect(cookies.length).toBeGreaterThan(3);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__(Host|Secure)-/);
      expect(cookie).toMatch(/; secure/i);
      expect(cookie).toMatch(/; httponly/i);
      expect(cookie).toMatch(/; samesite=lax/i);
    }
  }
});

test('An issuer may have a path, and everything lies below it.', async () => {
  const world = await start({ issuer: 'https://login.example.com/oidc' });
  const answer = await world.fetch(`${world.issuer}/.well-known/openid-configuration`);
  const metadata = (await answer.json()) as Record<string, unknown>;
  for (const [name, value] of Object.entries(metadata)) {
    if (/_(endpoint|uri)$/.test(name)) expect(value, name).toMatch(/^https:\/\/login\.example\.com\/oidc\//);
  }
  const browser = world.browser();
  const rp = await relyingParty(world);
  const { claims, page } = await rp.login(browser);
  expect(claims).toMatchObject({ iss: 'https://login.example.com/oidc', sub: 'subject-of-alice' });
  expect(page.trail.slice(0, -1).every((url) => url.startsWith(`${world.issuer}/`))).toBe(true);
  const again = await rp.login(browser, { prompt: 'none' });
  expect(again.claims.sub).toBe('subject-of-alice');
  expect((await world.fetch('https://login.example.com/authorize')).status).toBe(404);
});
