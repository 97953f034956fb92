import Koa from 'koa';
import supertest from 'supertest';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { FORM_PURPOSE } from '../../../../src/admin/access/login-routes.ts';
import type { Caller } from '../../../../src/admin/caller.ts';
import { type ConsoleEntry, form, page } from '../../../../src/admin/console/page.ts';
import { serveConsole } from '../../../../src/admin/console/serve.ts';
import { BridgeError } from '../../../../src/domain/errors.ts';
import { createCsrf } from '../../../../src/http/csrf.ts';

const csrf = createCsrf(Buffer.alloc(32, 1), 'http://127.0.0.1:4001');
const ANN: Caller = {
  actor: 'admin:ann',
  scopes: ['admin:read', 'admin:write'],
  session: { id: 'session-of-ann', expiresAt: 0 },
};
const TOKEN = csrf.tokenFor(FORM_PURPOSE, 'session-of-ann');

let caller: Caller | undefined;
let switched: string[];
let http: ReturnType<typeof supertest>;

const entries: ConsoleEntry[] = [
  page({
    path: '/audit',
    title: 'Audit',
    query: z.strictObject({ actor: z.string().max(5).optional() }),
    show: async ({ query }) => ({
      view: 'refused',
      title: `By ${query.actor}`,
      data: { sentence: '<script>alert(1)</script>' },
    }),
  }),
  page({
    path: '/clients/{client_id}',
    title: 'Client',
    params: z.object({ client_id: z.string() }),
    async show({ params }) {
      throw new BridgeError('not_found', `There is no client called "${params.client_id}".`);
    },
  }),
  form({
    path: '/clients/{client_id}/mode',
    title: 'Client',
    params: z.object({ client_id: z.string() }),
    form: z.object({ mode: z.enum(['off', 'lazy']), note: z.string().optional() }),
    back: () => '/audit',
    async handle({ params, form: { mode, note } }) {
      switched.push(`${params.client_id} ${mode} ${note}`);
      if (mode === 'off') throw new BridgeError('changed_meanwhile', 'Somebody was faster.');
      const undo = { label: 'Undo', action: '/clients/shop/mode', fields: { mode: 'off' } };
      return { to: '/audit', done: 'It is <b>lazy</b> now.', undo };
    },
  }),
  form({
    path: '/checks',
    title: 'Checks',
    scope: 'admin:read',
    back: () => '/audit',
    handle: async () => ({ view: 'refused', data: { sentence: 'Shown once.' } }),
  }),
];

beforeEach(() => {
  caller = ANN;
  switched = [];
  const app = new Koa();
  app.keys = ['k'.repeat(43)];
  app.use(async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      ctx.status = (error as { status?: number }).status ?? 500;
      ctx.body = (error as Error).message;
    }
  });
  const sessions = { find: async () => caller };
  for (const middleware of serveConsole({ entries, sessions, csrf, secure: false, clock: () => 0 })) {
    app.use(middleware);
  }
  http = supertest(app.callback());
});

const post = (path: string, fields: Record<string, string>) => http.post(path).type('form').send(fields);
const cookiesOf = (answer: { headers: Record<string, string> }) =>
  [answer.headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0] ?? '');

test('A page of nobody is the login; a form of nobody changes nothing.', async () => {
  caller = undefined;
  const away = await http.get('/audit');
  expect([away.status, away.headers.location]).toEqual([303, '/login']);
  expect((await post('/clients/shop/mode', { csrf: TOKEN, mode: 'lazy' })).status).toBe(401);
  expect(switched).toEqual([]);
});

test('A page escapes what it shows, has the strict policy and is never kept.', async () => {
  const { text, headers, status } = await http.get('/audit?actor=%3Cb%3E');
  expect(status).toBe(200);
  expect(text).toContain('<h1>By &lt;b&gt;</h1>');
  expect(text).not.toContain('<script>alert');
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['content-security-policy']).toContain(
    "default-src 'none'; script-src 'self'; style-src 'self'",
  );
  expect(text).not.toMatch(/ style=| on[a-z]+="/);
});

test('An empty field of a query is one that is not there; what is wrong is told inside the console.', async () => {
  expect((await http.get('/audit?actor=')).text).toContain('By undefined');
  const wrong = await http.get('/audit?actor=much-too-long');
  expect(wrong.status).toBe(400);
  expect(wrong.text).toContain('This was not understood. actor: ');
  const missing = await http.get('/clients/x');
  expect(missing.status).toBe(404);
  expect(missing.text).toContain('There is no client called &quot;x&quot;.');
});

test('A form without the token of the page, or with that of another session, changes nothing.', async () => {
  const foreign = csrf.tokenFor(FORM_PURPOSE, 'session-of-ben');
  for (const token of ['', 'x', foreign, csrf.tokenFor('login', 'session-of-ann')]) {
    expect((await post('/clients/shop/mode', { csrf: token, mode: 'lazy' })).status).toBe(403);
  }
  const elsewhere = post('/clients/shop/mode', { csrf: TOKEN, mode: 'lazy' });
  expect((await elsewhere.set('Sec-Fetch-Site', 'cross-site')).status).toBe(403);
  expect(switched).toEqual([]);
});

test('Whoever may only read changes nothing, and may do what changes nothing.', async () => {
  caller = { ...ANN, scopes: ['admin:read'] };
  expect((await post('/clients/shop/mode', { csrf: TOKEN, mode: 'lazy' })).status).toBe(403);
  expect(switched).toEqual([]);
  expect((await post('/checks', { csrf: TOKEN })).text).toContain('Shown once.');
  caller = { ...ANN, scopes: [] };
  expect((await http.get('/audit')).status).toBe(403);
});

test('After a form the browser is led on, told once what was done, and offered to take it back.', async () => {
  const sent = await post('/clients/shop/mode', { csrf: TOKEN, mode: 'lazy', note: '' });
  expect([sent.status, sent.headers.location]).toEqual([303, '/audit']);
  expect(switched).toEqual(['shop lazy undefined']);
  const cookie = cookiesOf(sent).join('; ');
  // A script that looks at a page again does not take it away.
  const looked = await http.get('/audit').set('Cookie', cookie).set('Sec-Fetch-Dest', 'empty');
  expect(looked.text).not.toContain('lazy');
  expect(cookiesOf(looked)).toEqual([]);
  const shown = await http.get('/audit').set('Cookie', cookie);
  expect(shown.text).toContain('It is &lt;b&gt;lazy&lt;/b&gt; now.');
  expect(shown.text).toContain('action="/clients/shop/mode"');
  expect(shown.text).toContain('<input type="hidden" name="mode" value="off">');
  expect(cookiesOf(shown)).toContain('footbridge_flash=');
});

test('A refusal leads back with its sentence; nobody else can have the console say something.', async () => {
  const refused = await post('/clients/shop/mode', { csrf: TOKEN, mode: 'off' });
  expect([refused.status, refused.headers.location]).toEqual([303, '/audit']);
  const cookies = cookiesOf(refused);
  expect((await http.get('/audit').set('Cookie', cookies.join('; '))).text).toContain('Somebody was faster.');
  const wrong = await post('/clients/shop/mode', { csrf: TOKEN, mode: 'sideways' });
  const told = await http.get('/audit').set('Cookie', cookiesOf(wrong).join('; '));
  expect(told.text).toContain('This was not understood. mode: ');
  const forged = Buffer.from(JSON.stringify({ tone: 'good', text: 'Send us your password.' }));
  const cookie = [`footbridge_flash=${forged.toString('base64url')}`, ...cookies.slice(1)].join('; ');
  expect((await http.get('/audit').set('Cookie', cookie)).text).not.toContain('Send us');
});

test('What pages load may be kept for ever, comes zipped to who can unzip, and is found by its exact name alone.', async () => {
  const { text } = await http.get('/audit');
  const [, href = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(text) ?? [];
  const zipped = await http.get(href).set('Accept-Encoding', 'gzip');
  expect(zipped.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-encoding': 'gzip',
    'content-type': 'text/css; charset=utf-8',
  });
  const plain = await http.get(href).set('Accept-Encoding', 'identity');
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(plain.text).toBe(zipped.text);
  const chart = await http.get(href.replace('style.css', 'uplot.js')).buffer(true);
  expect(chart.headers['content-type']).toMatch(/^text\/javascript/);
  expect(String(chart.text ?? chart.body)).toContain('export default uPlot');
  for (const name of ['../serve.ts', '..%2fserve.ts', 'none.js']) {
    expect((await http.get(href.replace('style.css', name))).status).toBe(404);
  }
});
