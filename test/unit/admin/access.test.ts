import { afterEach, expect, test } from 'vitest';
import { type AdminWorld, startAdmin } from '../../support/admin-world.ts';
import { client, type OidcWorld, SECRET, startOidc } from '../../support/oidc-world.ts';
import { logIn } from '../../support/relying-party.ts';

let world: AdminWorld;
let issuer: OidcWorld | undefined;
afterEach(async () => {
  await world.close();
  await issuer?.close();
  issuer = undefined;
});

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const cookieOf = (cookies: readonly string[], name = 'footbridge_admin') =>
  cookies.map((line) => line.split(';')[0] ?? '').findLast((pair) => pair.startsWith(`${name}=`)) ?? '';

/** Comes in by a one-time link. */
async function enter() {
  const token = await world.links.issue('test');
  const answer = await world.send('POST', '/bootstrap', FORM, `token=${token}`);
  return { token, answer, cookie: cookieOf(answer.cookies) };
}

test('Nobody, a wrong token and a token that may not are told apart, as RFC 6750 says.', async () => {
  world = await startAdmin();
  const nobody = await world.api('GET', '/clients', { token: '' });
  expect(nobody).toMatchObject({ status: 401, json: { code: 'not_authenticated' } });
  expect(nobody.headers.get('www-authenticate')).toBe('Bearer realm="footbridge-admin"');
  for (const token of ['wrong', 'a b', 'ü']) {
    const wrong = await world.send('GET', '/api/v1/clients', { Authorization: `Bearer ${token}` });
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('www-authenticate')).toContain('error="invalid_token"');
  }
  expect((await world.api('GET', '/clients', { token: 'only-reads' })).status).toBe(200);
  const weak = await world.api('POST', '/keys', { token: 'only-reads' });
  expect(weak.status).toBe(403);
  expect(weak.headers.get('www-authenticate')).toContain('scope="admin:write"');
  expect((await world.api('GET', '/clients', { token: 'may-nothing' })).status).toBe(403);
  expect((await world.api('GET', '/session')).json).toEqual({
    actor: 'api:reads-and-writes',
    scopes: ['admin:read', 'admin:write'],
  });
});

test('A one-time link lets one person in, once, within fifteen minutes, and only when it is used.', async () => {
  world = await startAdmin();
  expect(await world.links.wasEverUsed()).toBe(false);
  const token = await world.links.issue('cli:ann');
  const page = await world.send('GET', `/bootstrap/${token}`, { Accept: 'text/html' });
  expect(page).toMatchObject({ status: 200, cookies: [] });
  expect(page.text).toContain(`value="${token}"`);
  expect(await world.links.wasEverUsed()).toBe(false);

  const tries = await Promise.all(
    Array.from({ length: 5 }, () => world.send('POST', '/bootstrap', FORM, `token=${token}`)),
  );
  expect(tries.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403, 403]);
  const cookies = tries.flatMap((answer) => answer.cookies).filter((line) => !/=;/.test(line));
  expect(cookies).toHaveLength(1);
  expect(cookies[0]).toMatch(/; path=\/; expires=.*; samesite=strict; httponly$/i);
  expect(await world.links.wasEverUsed()).toBe(true);

  const late = await world.links.issue('cli:ann');
  world.time.pass(15 * 60_000);
  expect((await world.send('POST', '/bootstrap', FORM, `token=${late}`)).status).toBe(403);
  expect((await world.send('POST', '/bootstrap', FORM, 'token=')).status).toBe(403);

  const rows = JSON.stringify(await world.store.db.selectFrom('artifact').selectAll().execute());
  expect(rows).not.toContain(token);
  expect(world.logLines.join()).not.toContain(token);
});

test('A person’s session reads; it writes with the token of its page alone, and ends at logout and after a day’s work.', async () => {
  world = await startAdmin();
  const { cookie } = await enter();
  const me = await world.api('GET', '/session', { token: '', headers: { Cookie: cookie } });
  expect(me.json).toMatchObject({ actor: 'admin:link of test', csrf_token: expect.any(String) });
  const write = (headers: Record<string, string>) =>
    world.api('POST', '/keys', { token: '', headers: { Cookie: cookie, ...headers } });
  const ours = { 'X-CSRF-Token': me.json.csrf_token };
  expect((await write({})).status).toBe(403);
  expect((await write({ 'X-CSRF-Token': `${me.json.csrf_token}x` })).status).toBe(403);
  expect((await write({ ...ours, Origin: 'https://evil.example.com' })).status).toBe(403);
  expect((await write({ ...ours, 'Sec-Fetch-Site': 'same-site' })).status).toBe(403);
  expect((await write({ ...ours, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(201);
  expect((await world.api('GET', '/audit?action=keys.rotate')).json.items).toMatchObject([
    { actor: 'admin:link of test' },
  ]);

  const home = await world.send('GET', '/', { Cookie: cookie, Accept: 'text/html' });
  const [, csrf] = /name="csrf" value="([^"]+)"/.exec(home.text) ?? [];
  const leave = (token: string) =>
    world.send('POST', '/logout', { ...FORM, Cookie: cookie }, `csrf=${token}`);
  expect((await leave('x')).status).toBe(403);
  expect((await leave(csrf ?? '')).status).toBe(200);
  expect((await world.api('GET', '/session', { token: '', headers: { Cookie: cookie } })).status).toBe(401);

  const second = await enter();
  world.time.pass(8 * 3_600_000);
  expect((await world.api('GET', '/session', { token: '', headers: { Cookie: second.cookie } })).status).toBe(
    401,
  );
});

test('Another host gets nothing, no origin is given access, and every answer carries the headers of the porch.', async () => {
  world = await startAdmin();
  const answer = await world.api('GET', '/clients', { headers: { Origin: 'https://evil.example.com' } });
  expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const rebound = await world.api('GET', '/clients', { headers: { Host: 'evil.example.com' } });
  expect(rebound).toMatchObject({ status: 421, json: { code: 'misdirected_request' } });
  expect((await world.send('GET', '/', { Accept: 'text/html' })).headers.get('location')).toBe('/login');
  expect((await world.send('GET', '/nowhere', { Accept: 'text/html' })).text).toContain('<h1>');
});

/** An issuer of its own, with an admin whose address is verified and one whose address is not. */
async function startWithIssuer(allow: object) {
  issuer = await startOidc({
    clients: [client({ client_id: 'console', redirect_uris: ['http://127.0.0.1:4001/login/callback'] })],
    people: {
      ann: { profile: { email: 'Ann@example.com', email_verified: true } },
      mallory: { profile: { email: 'ann@example.com' } },
    },
  });
  const oidc = { issuer: issuer.issuer, clientId: 'console', clientSecret: SECRET, allow };
  world = await startAdmin({ oidc });
  return issuer;
}

async function comeBackAs(name: string) {
  const begun = await world.send('GET', '/login', {});
  const browser = issuer?.browser();
  if (browser === undefined) throw new Error('There is no issuer.');
  const location = new URL(begun.headers.get('location') ?? '');
  expect(location.searchParams.get('code_challenge_method')).toBe('S256');
  const page = await logIn(browser, await browser.open(location.href), name);
  const answer = new URL(page.url);
  return {
    path: `${answer.pathname}${answer.search}`,
    cookie: cookieOf(begun.cookies, 'footbridge_admin_login'),
  };
}

test('An admin logs in at the issuer; the answer counts once, in the browser that asked for it.', async () => {
  await startWithIssuer({ emails: ['ann@example.com'] });
  const { path, cookie } = await comeBackAs('ann');
  expect((await world.send('GET', path, {})).status).toBe(400);
  const entered = await world.send('GET', path, { Cookie: cookie });
  expect(entered.status).toBe(200);
  const session = cookieOf(entered.cookies);
  const me = await world.api('GET', '/session', { token: '', headers: { Cookie: session } });
  expect(me.json.actor).toBe('admin:Ann@example.com');
  expect((await world.send('GET', path, { Cookie: cookie })).status).toBe(400);
  expect((await world.api('GET', '/audit')).json.items).toMatchObject([{ action: 'admin.login' }]);
});

test('An address that the issuer did not verify makes nobody an admin, and the refusal is in the trail.', async () => {
  await startWithIssuer({ emails: ['ann@example.com'] });
  const { path, cookie } = await comeBackAs('mallory');
  const refused = await world.send('GET', path, { Cookie: cookie });
  expect(refused.status).toBe(403);
  expect(cookieOf(refused.cookies)).toBe('');
  expect((await world.api('GET', '/audit')).json.items).toMatchObject([{ action: 'admin.refused' }]);
});

test('An answer to another login, or to none that was begun, is refused.', async () => {
  await startWithIssuer({ emails: ['ann@example.com'] });
  const [one, other] = [await comeBackAs('ann'), await comeBackAs('ann')];
  expect((await world.send('GET', one.path, { Cookie: other.cookie })).status).toBe(403);
  const stateless = one.path.replace(/state=[^&]+/, 'state=planted');
  expect((await world.send('GET', stateless, { Cookie: one.cookie })).status).toBe(403);
});
