import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Page } from '../../support/browser.ts';
import { client, type OidcWorld, PASSWORD, startOidc } from '../../support/oidc-world.ts';
import { answerOf, isLoginPage, type RelyingParty, relyingParty } from '../../support/relying-party.ts';

let world: OidcWorld;
let rp: RelyingParty;
beforeAll(async () => {
  world = await startOidc({
    clients: [
      client({ client_id: 'rp', client_name: 'New <b>Platform</b>' }),
      client({ client_id: 'nameless' }),
    ],
    people: {
      alice: {},
      ambiguous: { outcome: { kind: 'rejected' } },
      unreadable: { outcome: { kind: 'rejected' } },
      busy: { outcome: { kind: 'throttled', retryAfterSeconds: 61 } },
      off: { outcome: { kind: 'disabled' } },
      out: { outcome: { kind: 'unavailable', retryAfterSeconds: 5 } },
      gone: { outcome: { kind: 'moved', location: 'https://new.example.com/login' } },
      trapped: { outcome: { kind: 'moved', location: 'javascript:alert(1)' } },
    },
  });
  rp = await relyingParty(world);
});
afterAll(() => world.close());
beforeEach(() => {
  world.people.attempts.length = 0;
});

async function openLogin(parameters: Record<string, string> = {}) {
  const browser = world.browser();
  return { browser, page: await browser.open((await rp.request(parameters)).url) };
}
async function attempt(identifier: string, password = PASSWORD): Promise<Page> {
  const { browser, page } = await openLogin();
  return browser.press(page, 'Log in', { identifier, password });
}

test('The page names the client, by its name or its host, and says so in its title.', async () => {
  const { page } = await openLogin();
  expect(page.text).toContain('to continue to New <b>Platform</b>');
  expect(page.body).not.toContain('<b>Platform');
  expect(page.title).toBe('Log in – New <b>Platform</b>');
  const nameless = await relyingParty(world, { clientId: 'nameless' });
  const other = await world.browser().open((await nameless.request()).url);
  expect(other.text).toContain('to continue to app.example.com');
});

test('The page has nothing inline, loads only our style and script, is never cached or framed, and its form leads nowhere but to us and over https: on to the client.', async () => {
  const { page } = await openLogin();
  expect(page.body).not.toMatch(/javascript:|\son\w+=|style="/i);
  expect(page.body.match(/<script.*?<\/script>/gis)).toEqual([
    expect.stringMatching(/^<script type="module" src="\/assets\/forms-[0-9a-f]{12}\.js"><\/script>$/),
  ]);
  expect(page.headers).toMatchObject({
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self' https:",
    'cache-control': 'no-store',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-type': 'text/html; charset=utf-8',
  });
});

test('The fields say what they are, to people and to password managers.', async () => {
  const { page } = await openLogin();
  expect(page.body).toMatch(/<label for="identifier">/);
  expect(page.body).toMatch(/<label for="password">/);
  const [identifier = '', password = ''] = ['identifier', 'password'].map(
    (id) => new RegExp(`<input id="${id}"[^>]*>`).exec(page.body)?.[0] ?? '',
  );
  expect(identifier).toMatch(/autocomplete="username" autocapitalize="none"/);
  expect(identifier).toContain('spellcheck="false"');
  expect(identifier).toContain(' autofocus');
  expect(password).toContain('autocomplete="current-password"');
  expect(password).not.toMatch(/ autofocus|value=/);
});

test('A rejection says so, keeps the name, forgets the password, and moves the focus there.', async () => {
  const page = await attempt('Alice "A" <a@example.com>', 'not the password');
  expect(page.status).toBe(422);
  expect(page.title).toMatch(/^Not logged in/);
  expect(page.body).toMatch(/<p class="notice alarm" id="error" role="alert">/);
  expect(page.body).toMatch(/id="identifier"[^>]* aria-invalid="true" aria-describedby="error"/);
  expect(page.body).toMatch(/id="password"[^>]* aria-invalid="true" aria-describedby="error"[^>]* autofocus/);
  expect(page.forms[0]?.fields).toMatchObject({ identifier: 'Alice "A" <a@example.com>', password: '' });
  expect(page.body).not.toContain('not the password');
});

test('Whoever is rejected gets the same answer, to the byte, for whatever reason.', async () => {
  const { browser, page } = await openLogin();
  const answers = [];
  for (const [identifier, password] of [
    ['nobody', PASSWORD],
    ['alice', 'wrong'],
    ['alice', ''],
    ['alice', 'x'.repeat(5000)],
    ['ambiguous', PASSWORD],
    ['unreadable', PASSWORD],
    ['', PASSWORD],
    ['admin\u200b', PASSWORD],
    ['admin\u0000', PASSWORD],
    ['x'.repeat(321), PASSWORD],
  ] as const) {
    const answer = await browser.clone().press(page, 'Log in', { identifier, password });
    const { 'x-request-id': _id, date: _date, 'content-length': _length, ...headers } = answer.headers;
    answers.push(
      JSON.stringify({
        status: answer.status,
        headers,
        body: answer.body
          .replace(/(<input id="identifier"[^>]*) value="[^"]*"/, '$1')
          .replaceAll(' autofocus', ''),
      }),
    );
  }
  expect(new Set(answers).size).toBe(1);
});

test('Every name reaches the desk as it was typed, except what is too long to be one.', async () => {
  await attempt(' Alice\u200b ');
  await attempt('x'.repeat(320));
  await attempt('x'.repeat(321));
  expect(world.people.attempts.map(({ identifier }) => identifier)).toEqual([
    ' Alice\u200b ',
    'x'.repeat(320),
  ]);
  expect(world.people.attempts[0]).toMatchObject({ clientId: 'rp', address: '127.0.0.1' });
});

test('A password reaches the desk byte for byte.', async () => {
  const { browser, page } = await openLogin();
  const [form] = page.forms;
  const csrf = form?.fields.csrf ?? '';
  await browser.post(form?.action ?? '', `csrf=${csrf}&identifier=alice&password=%20caf%E9%00+%F0%9F%8D%BA`);
  expect(Buffer.from(world.people.attempts[0]?.password ?? [])).toEqual(
    Buffer.concat([Buffer.from(' caf'), Buffer.of(0xe9, 0x00, 0x20), Buffer.from('🍺')]),
  );
});

test.each([
  ['busy', 429, '61', 'try again in 2 minutes'],
  ['off', 403, undefined, 'This account is switched off'],
  ['out', 503, '5', 'Nothing is wrong with it'],
] as const)(
  'Somebody who is not let in is told what to do: %s.',
  async (who, status, retryAfter, sentence) => {
    const page = await attempt(who);
    expect(page.status).toBe(status);
    expect(page.headers['retry-after']).toBe(retryAfter);
    expect(page.text).toContain(sentence);
    expect(isLoginPage(page)).toBe(true);
  },
);

test('Somebody whose password lives elsewhere now is told where.', async () => {
  const page = await attempt('gone');
  expect(page.status).toBe(403);
  expect(page.text).toContain('Your account has moved');
  expect(page.body).toContain('href="https://new.example.com/login"');
  expect((await attempt('trapped')).body).not.toContain('javascript:');
});

test('Cancelling brings the person back to the client.', async () => {
  const browser = world.browser();
  const request = await rp.request();
  const page = await browser.press(await browser.open(request.url), /^Cancel/);
  expect(answerOf(page)).toMatchObject({ error: 'access_denied', state: request.state, iss: world.issuer });
  expect(world.people.attempts).toEqual([]);
});

test('A form that was not sent from its own page is refused, before anybody is asked.', async () => {
  const { browser, page } = await openLogin();
  const { page: otherPage } = await openLogin();
  const action = page.forms[0]?.action ?? '';
  const csrf = page.forms[0]?.fields.csrf ?? '';
  const fields = (token: string) => `csrf=${token}&identifier=alice&password=${encodeURIComponent(PASSWORD)}`;
  const tries = [
    [fields(''), {}],
    [fields('x'.repeat(43)), {}],
    [fields(otherPage.forms[0]?.fields.csrf ?? ''), {}],
    [fields(page.forms[1]?.fields.csrf ?? ''), {}],
    ['identifier=alice', {}],
    [fields(csrf), { origin: 'https://evil.example' }],
    [fields(csrf), { 'sec-fetch-site': 'cross-site' }],
    [fields(csrf), { 'sec-fetch-site': 'same-site', origin: 'https://sub.example.com' }],
  ] as const;
  for (const [body, headers] of tries) {
    const answer = await browser.post(action, body, headers);
    expect(answer.status, body).toBe(403);
    expect(answer.text).toContain('was not sent from the page it belongs to');
  }
  expect(world.people.attempts).toEqual([]);
  expect((await browser.post(action, fields(csrf))).status).toBe(0);
});

test('A form with another browser’s cookies, or none, is somebody else’s login.', async () => {
  const { page } = await openLogin();
  const { browser: other } = await openLogin();
  for (const browser of [other, world.browser()]) {
    const answer = await browser.press(page, 'Log in', { identifier: 'alice', password: PASSWORD });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('This page is no longer valid');
  }
  expect(world.people.attempts).toEqual([]);
});

test('The address and the cookie must name the same login.', async () => {
  const { browser, page } = await openLogin();
  const { page: other } = await openLogin();
  const cookie = browser.cookies
    .filter(({ path }) => path === page.url.pathname)
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');
  const visit = (url: URL) => world.browser().request(url, { headers: { cookie } });
  expect((await visit(page.url)).status).toBe(200);
  expect((await visit(other.url)).status).toBe(400);
});

test('A form with a field twice, of another type, or too large is refused.', async () => {
  const { browser, page } = await openLogin();
  const [form] = page.forms;
  const body = `csrf=${form?.fields.csrf}&identifier=alice&password=a`;
  const action = form?.action ?? '';
  expect((await browser.post(action, `${body}&password=b`)).status).toBe(400);
  expect(
    (await browser.post(action, '{"identifier":0}', { 'content-type': 'application/json' })).status,
  ).toBe(415);
  expect((await browser.post(action, `${body}${'x'.repeat(20_000)}`)).status).toBe(413);
  expect(world.people.attempts).toEqual([]);
});

test('A login that is over, or never was, gets a friendly page.', async () => {
  const { browser, page } = await openLogin();
  const first = await browser.press(page, 'Log in', { identifier: 'alice', password: PASSWORD });
  expect(answerOf(first)).toHaveProperty('code');
  for (const url of [page.url, `${world.issuer}/interaction/unknown`, `${world.issuer}/authorize/unknown`]) {
    const late = await browser.open(url);
    expect(late.status).toBe(400);
    expect(late.text).toContain('Go back to the app you came from');
  }
});

test('What a request says is never taken for markup.', async () => {
  const payload = '"><svg onload=alert(1)>';
  for (const parameters of [
    { login_hint: payload },
    { state: payload },
    { ui_locales: payload },
    { acr_values: payload },
    { redirect_uri: `https://evil.example/${payload}` },
    { client_id: payload },
    { scope: `openid ${payload}` },
    { prompt: payload },
  ]) {
    const { page } = await openLogin(parameters as unknown as Record<string, string>);
    expect(page.body, JSON.stringify(parameters)).not.toContain('<svg onload');
  }
});

test('Nothing that was typed is logged.', async () => {
  await attempt('canary-identifier', 'canary-password');
  expect(world.logLines.join('')).not.toMatch(/canary-(identifier|password)/);
});
