import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type House, openHouse } from '../../../src/demo/house.ts';
import { PEOPLE, type Person } from '../../../src/demo/people.ts';
import { choosePorts } from '../../../src/demo/ports.ts';
import { createVisitor, type Page, type Visitor } from '../../../src/demo/visitor.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { systemRandom } from '../../../src/runtime/random.ts';
import { type FakeBridgeOptions, phc, startFakeBridge } from '../../support/fake-bridge.ts';
import { until } from '../../support/until.ts';

const [ANNA, BRUNO] = PEOPLE as [Person, Person];

let folder: string;
let house: House;
/** Lets the copies go, which the bridge holds back until then. */
let deliver: () => void;
let claims: FakeBridgeOptions['claims'];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'footbridge-platform-'));
  claims = undefined;
  const released = new Promise<void>((resolve) => {
    deliver = resolve;
  });
  const [bridgePort = 0, platformPort = 0] = await choosePorts([{ preferred: 0 }, { preferred: 0 }]);
  house = await openHouse(
    [ANNA, BRUNO],
    { folder, bridgePort, platformPort, adminPort: 4001 },
    {
      startBridge: (config) =>
        startFakeBridge(config, {
          people: [ANNA, BRUNO],
          async rehash({ password }) {
            await released;
            return phc(password);
          },
          claims: (person) =>
            claims?.(person) ?? { preferred_username: person.username, email: person.email },
        }),
      logger: createLogger('silent'),
      random: systemRandom,
    },
  );
});
afterEach(async () => {
  deliver();
  await house.close();
  rmSync(folder, { recursive: true });
});

const at = (path: string) => house.platform.origin + path;

async function fillIn(visitor: Visitor, page: Page, login: string, password: string): Promise<Page> {
  const form = page.passwordForm;
  if (form === undefined) throw new Error(`There is no form at ${page.url.pathname}.`);
  return visitor.submit(form, { [form.loginField]: login, [form.passwordField]: password });
}
const overBridge = async (visitor: Visitor, { login, password }: Person) =>
  fillIn(visitor, await visitor.open(at('/login/bridge')), login, password);
const byOwnForm = async (visitor: Visitor, { login, password }: Person) =>
  fillIn(visitor, await visitor.open(at('/login')), login, password);
const me = async (visitor: Visitor) => JSON.parse((await visitor.open(at('/me'))).text);
const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
const csrfOf = (html: string) => /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
const copyOf = ({ username }: Person) =>
  until(`${username} has arrived`, () => house.platform.users.findByLogin(username)?.password_hash);

describe('Logging in', () => {
  test('over the bridge makes a row without a password, and the copy completes the same row.', async () => {
    const visitor = createVisitor();
    expect((await overBridge(visitor, ANNA)).url.href).toBe(at('/'));
    expect(await me(visitor)).toEqual({ username: 'anna', way: 'bridge' });
    expect(house.platform.users.list()).toMatchObject([
      { footbridge_sub: 'sub-of-anna', password_hash: null },
    ]);
    deliver();
    await copyOf(ANNA);
    expect(house.platform.users.list()).toHaveLength(1);
  });

  test('here alone is refused until the password has arrived, and works without the bridge afterwards.', async () => {
    await overBridge(createVisitor(), ANNA);
    expect((await byOwnForm(createVisitor(), ANNA)).status).toBe(401);
    deliver();
    await copyOf(ANNA);
    await house.switchLegacyOff();
    const visitor = createVisitor();
    expect((await byOwnForm(visitor, ANNA)).status).toBe(200);
    expect(await me(visitor)).toEqual({ username: 'anna', way: 'own' });
    expect((await byOwnForm(createVisitor(), { ...ANNA, password: 'sommer2010' })).status).toBe(401);
  });

  test('says the same for a wrong password and for nobody.', async () => {
    deliver();
    await overBridge(createVisitor(), ANNA);
    await copyOf(ANNA);
    const withoutVarying = ({ text }: Page, login: string) =>
      text.replace(/name="csrf" value="[^"]+"/g, '').replaceAll(login, 'LOGIN');
    const wrong = await byOwnForm(createVisitor(), { ...ANNA, password: 'x' });
    const nobody = await byOwnForm(createVisitor(), { ...ANNA, login: 'nobody', password: 'x' });
    expect(nobody.status).toBe(wrong.status);
    expect(withoutVarying(nobody, 'nobody')).toBe(withoutVarying(wrong, 'anna'));
  });

  test('over the bridge as a stranger with somebody’s e-mail merges nothing and signs nobody in.', async () => {
    await overBridge(createVisitor(), ANNA);
    claims = () => ({ preferred_username: 'bruno', email: ANNA.email.toUpperCase() });
    const visitor = createVisitor();
    const page = await overBridge(visitor, BRUNO);
    expect(page.status).toBe(409);
    expect(await me(visitor)).toEqual({ username: null, way: null });
    expect(house.platform.users.list()).toMatchObject([{ footbridge_sub: 'sub-of-anna', email: ANNA.email }]);
  });

  test('while the bridge is away is a 503 that says so.', async () => {
    await house.switchLegacyOff();
    const page = await createVisitor().open(at('/login/bridge'));
    expect(page.status).toBe(503);
    expect(page.text).toContain('The bridge is away');
  });
});

describe('The callback', () => {
  /** Follows a login up to the redirect that carries the code, without going there. */
  async function answerFor(cookie: string): Promise<string> {
    const begun = await fetch(at('/login/bridge'), { redirect: 'manual', headers: { cookie } });
    return begun.headers.get('location') ?? '';
  }

  test('refuses an answer that this browser did not ask for.', async () => {
    const page = await createVisitor().open(at('/callback?code=stolen&state=of-somebody-else'));
    expect(page.status).toBe(400);
    expect(house.platform.users.list()).toEqual([]);
  });

  test('refuses the answer to another browser’s log-in, and a second use of its own.', async () => {
    const visited: string[] = [];
    const visitor = createVisitor((url) => visited.push(url.href));
    await overBridge(visitor, ANNA);
    const answer = visited.find((href) => href.startsWith(at('/callback')));
    expect((await createVisitor().open(answer ?? '')).status).toBe(400);
    expect((await visitor.open(answer ?? '')).status).toBe(400);
  });

  test('is asked for with PKCE S256, state and nonce, each new every time.', async () => {
    const [one, two] = [new URL(await answerFor('')), new URL(await answerFor(''))];
    expect(one.searchParams.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(one.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
      expect(one.searchParams.get(name)).not.toBe(two.searchParams.get(name));
    }
  });

  test('reports what the bridge refused without signing anybody in.', async () => {
    const begun = await fetch(at('/login/bridge'), { redirect: 'manual' });
    const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state');
    const cookie = cookieOf(begun);
    const answer = async () => {
      const page = await fetch(at(`/callback?error=access_denied&state=${state}`), { headers: { cookie } });
      expect(page.status).toBe(400);
      return page.text();
    };
    expect(await answer()).toContain('did not confirm');
    expect(await answer()).toContain('does not belong');
  });
});

describe('A session', () => {
  test('has a signed cookie for the server alone, and another one after logging in.', async () => {
    deliver();
    await overBridge(createVisitor(), ANNA);
    await copyOf(ANNA);
    const before = await fetch(at('/login'));
    const cookies = before.headers.getSetCookie();
    expect(cookies.map((line) => line.replace(/=[^;]+/, ''))).toEqual([
      'aurora.session; path=/; samesite=lax; httponly',
      'aurora.session.sig; path=/; samesite=lax; httponly',
    ]);
    const cookie = cookies.map((line) => line.split(';')[0]).join('; ');
    const csrf = csrfOf(await before.text());
    const body = new URLSearchParams({ csrf, login: ANNA.login, password: ANNA.password });
    const after = await fetch(at('/login'), {
      method: 'POST',
      body,
      headers: { cookie },
      redirect: 'manual',
    });
    expect(after.status).toBe(303);
    expect(after.headers.getSetCookie()[0]).not.toBe(cookies[0]);
    const old = await fetch(at('/me'), { headers: { cookie } });
    expect(await old.json()).toEqual({ username: null, way: null });
  });

  test('whose cookie was made up is nobody’s.', async () => {
    const answer = await fetch(at('/me'), {
      headers: { cookie: 'aurora.session=guess; aurora.session.sig=guess' },
    });
    expect(await answer.json()).toEqual({ username: null, way: null });
    expect(answer.headers.getSetCookie()).not.toEqual([]);
  });

  test('gets another id when the person comes over the bridge, and none of its ids outlives signing out.', async () => {
    const begun = await fetch(at('/login/bridge'), { redirect: 'manual' });
    const cookieBefore = cookieOf(begun);
    // The bridge's part is played in another browser, which the platform turns away with the code unspent.
    const visited: string[] = [];
    const elsewhere = createVisitor((url) => visited.push(url.href));
    const form = await elsewhere.open(begun.headers.get('location') ?? '');
    expect((await fillIn(elsewhere, form, ANNA.login, ANNA.password)).status).toBe(400);

    const headers = { cookie: cookieBefore };
    const arrived = await fetch(visited.at(-1) ?? '', { redirect: 'manual', headers });
    const cookie = cookieOf(arrived);
    const asked = async (value: string) => (await fetch(at('/me'), { headers: { cookie: value } })).json();
    expect(await asked(cookie)).toEqual({ username: 'anna', way: 'bridge' });
    expect(await asked(cookieBefore)).toEqual({ username: null, way: null });

    const csrf = csrfOf(await (await fetch(at('/'), { headers: { cookie } })).text());
    const body = new URLSearchParams({ csrf });
    const out = await fetch(at('/logout'), { method: 'POST', body, headers: { cookie }, redirect: 'manual' });
    expect(out.status).toBe(303);
    expect(await asked(cookie)).toEqual({ username: null, way: null });
  });

  test.each(['/login', '/logout'])('is not changed by a form of another page posted to %s.', async (path) => {
    const visitor = createVisitor();
    await overBridge(visitor, ANNA);
    const form = {
      action: new URL(at(path)),
      hidden: { csrf: 'guess' },
      loginField: 'login',
      passwordField: 'p',
    };
    expect((await visitor.submit(form, {})).status).toBe(403);
    expect(await me(visitor)).toEqual({ username: 'anna', way: 'bridge' });
  });

  test('ends here and leads to the bridge to end there, with no token in the URL.', async () => {
    const visited: URL[] = [];
    const visitor = createVisitor((url) => visited.push(url));
    const { text } = await overBridge(visitor, ANNA);
    const csrf = csrfOf(text);
    const form = { action: new URL(at('/logout')), hidden: { csrf }, loginField: '', passwordField: '' };
    const page = await visitor.submit(form, {});
    expect(page.url.origin).toBe(house.bridge.origin);
    expect([...page.url.searchParams.keys()].sort()).toEqual(['client_id', 'post_logout_redirect_uri']);
    expect(visited.map(({ href }) => href).join()).not.toMatch(/eyJ[\w-]+\.eyJ/);
    expect(await me(visitor)).toEqual({ username: null, way: null });
  });
});

describe('The pages', () => {
  test('show everybody and escape what they show.', async () => {
    const odd = { ...ANNA, login: '"><script>alert(1)</script>' };
    const { text } = await byOwnForm(createVisitor(), odd);
    expect(text).not.toContain('<script>alert');
    expect((await createVisitor().open(at('/'))).text).toContain('Käsefüße &amp; Brötchen');
  });

  test('forbid inline script, framing and foreign forms.', async () => {
    const { headers } = await fetch(at('/'));
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`form-action 'self' ${house.bridge.origin}`);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('reload by themselves without scripts only while a copy is under way.', async () => {
    const visitor = createVisitor();
    expect((await visitor.open(at('/'))).text).not.toContain('http-equiv="refresh"');
    expect((await overBridge(visitor, ANNA)).text).toContain('<noscript><meta http-equiv="refresh"');
    deliver();
    await copyOf(ANNA);
    expect((await visitor.open(at('/'))).text).not.toContain('http-equiv="refresh"');
  });

  test('give the script the part that changes, which tells of the arrival.', async () => {
    const live = async (path: string) => (await createVisitor().open(at(path))).text;
    await overBridge(createVisitor(), ANNA);
    expect(await live('/live/story')).toContain('0 of 2 have arrived');
    deliver();
    await copyOf(ANNA);
    expect(await live('/live/story')).toContain('1 of 2 have arrived');
    expect(await live('/live/story')).not.toContain('<html');
    expect(await live('/live/users')).toContain('1 row, 1 with a password');
  });

  test('show no whole hash and no whole subject.', async () => {
    deliver();
    await overBridge(createVisitor(), ANNA);
    const hash = await copyOf(ANNA);
    const { text } = await createVisitor().open(at('/users'));
    expect(text).toContain('m=8192,t=2,p=1');
    for (const secret of hash.split('$').slice(-2)) expect(text).not.toContain(secret);
    expect(text).not.toContain('sub-of-anna');
  });

  test('are for this origin alone: another name for the address gets nothing.', async () => {
    const { hostname, port } = new URL(house.platform.origin);
    const answer = await new Promise<IncomingMessage>((answered, failed) => {
      const headers = { host: `rebound.example:${port}` };
      request({ hostname, port, headers, path: '/users' }, answered).once('error', failed).end();
    });
    answer.resume();
    expect(answer.statusCode).toBe(421);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test.each([
    ['a page that is not there', '/nothing', {}, 404],
    [
      'a body that is no form',
      '/login',
      { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } },
      415,
    ],
    [
      'a form that is too long',
      '/login',
      { method: 'POST', body: new URLSearchParams({ login: 'x'.repeat(20_000) }) },
      413,
    ],
    ['a wrong method', '/', { method: 'DELETE' }, 405],
    ['a file that is no asset', '/assets/..%2fapp.ts', {}, 404],
  ])('answer %s with its status and no inner detail.', async (_, path, init, status) => {
    const answer = await fetch(at(path), init);
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toMatch(/node_modules|at .*\.ts/);
  });
});
