import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type Koa from 'koa';
import { afterEach, expect, test } from 'vitest';
import { readForm } from '../../../src/http/form.ts';
import type { HealthPart } from '../../../src/http/health.ts';
import { type Listening, listen } from '../../../src/http/listen.ts';
import { createPorch } from '../../../src/http/porch.ts';
import { Refusal } from '../../../src/http/refusal.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { systemRandom } from '../../../src/runtime/random.ts';
import { until } from '../../support/until.ts';

const ISSUER = new URL('https://login.example.com');
const KEY = 'k'.repeat(43);
const open: Listening[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function start(
  room: Koa.Middleware,
  { trustProxy = false as false | string[], health = [] as HealthPart[] } = {},
) {
  const lines: string[] = [];
  const app = createPorch({
    issuer: ISSUER,
    trustProxy,
    cookieKeys: [KEY],
    health,
    logger: createLogger('debug', { write: (line) => lines.push(line) }),
    clock: systemClock,
    random: systemRandom,
  });
  app.use(room);
  const server = await listen(app, { host: '127.0.0.1', port: 0, graceMs: 500 });
  open.push(server);
  return { server, lines };
}

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };
function ask(
  { port }: { port: number },
  path: string,
  {
    headers = {},
    method = 'GET',
    body = '',
  }: { headers?: Record<string, string>; method?: string; body?: string } = {},
): Promise<Answer> {
  return new Promise((done, fail) => {
    const request = httpRequest(
      { port, host: '127.0.0.1', path, method, headers: { host: 'login.example.com', ...headers } },
      (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () =>
          done({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      },
    );
    request.on('error', fail);
    request.end(body);
  });
}

test('A room sees the issuer and the person, whatever the request says.', async () => {
  const { server } = await start((ctx) => {
    ctx.body = [ctx.href, ctx.protocol, ctx.host, ctx.ip, ctx.state.address, ctx.get('Forwarded')].join(' ');
  });
  const seen = 'https://login.example.com/x https login.example.com 127.0.0.1 127.0.0.1 ';
  for (const headers of [
    {},
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http', 'x-forwarded-for': '6.6.6.6' },
    { forwarded: 'host=evil.example;proto=http;for=6.6.6.6', 'x-forwarded-port': '8080' },
    { host: 'LOGIN.example.com:443' },
  ]) {
    expect((await ask(server, '/x', { headers: headers as Record<string, string> })).body).toBe(seen);
  }
});

test('A host that is not the issuer’s gets 421, from anybody.', async () => {
  for (const trustProxy of [false, ['127.0.0.1']] as const) {
    const { server } = await start(
      (ctx) => {
        ctx.body = 'reached';
      },
      { trustProxy: trustProxy as false | string[] },
    );
    for (const host of [
      'evil.example',
      'login.example.com.evil.example',
      'login.example.com:8443',
      'evil@login.example.com',
      '',
    ]) {
      expect(await ask(server, '/', { headers: { host } }), host).toMatchObject({ status: 421 });
    }
  }
});

test('A trusted proxy may name the host that the person asked for, and nobody else.', async () => {
  const room: Koa.Middleware = (ctx) => {
    ctx.body = ctx.state.address;
  };
  const headers = {
    host: 'bridge.internal:4000',
    'x-forwarded-host': 'login.example.com',
    'x-forwarded-for': '203.0.113.9',
  };
  const trusting = await start(room, { trustProxy: ['127.0.0.0/8'] });
  expect(await ask(trusting.server, '/', { headers })).toMatchObject({ status: 200, body: '203.0.113.9' });
  const wary = await start(room);
  expect(await ask(wary.server, '/', { headers })).toMatchObject({ status: 421 });
});

test('A request target that brings its own host is refused.', async () => {
  const { server } = await start((ctx) => {
    ctx.body = ctx.href;
  });
  expect(await ask(server, 'http://evil.example/x')).toMatchObject({ status: 400 });
});

test('Every answer carries the security headers, a page of an error as well.', async () => {
  const { server } = await start((ctx) => {
    if (ctx.path === '/here') ctx.body = 'here';
  });
  for (const path of ['/here', '/nowhere']) {
    const { headers } = await ask(server, path, { headers: { accept: 'text/html' } });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000',
      'content-security-policy': expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'/),
    });
    expect(headers['x-powered-by']).toBeUndefined();
  }
});

test('A fault is answered without its details and logged with them.', async () => {
  const { server, lines } = await start(() => {
    throw new Error('connect ECONNREFUSED db.internal');
  });
  const json = await ask(server, '/');
  expect(json.status).toBe(500);
  expect(JSON.parse(json.body)).toEqual({
    error: 'server_error',
    error_description: expect.stringMatching(/\.$/),
    request_id: json.headers['x-request-id'],
  });
  const page = await ask(server, '/', { headers: { accept: 'text/html' } });
  expect(page.body).toContain('<h1>Something went wrong</h1>');
  expect(json.body + page.body).not.toMatch(/ECONNREFUSED|db\.internal|\bat .*\.ts/);
  expect(lines.join('')).toContain('ECONNREFUSED db.internal');
});

test('A refusal’s sentence is escaped on the page.', async () => {
  const { server } = await start(() => {
    throw new Refusal(400, 'invalid_request', '<script>alert(1)</script>');
  });
  const { body } = await ask(server, '/', { headers: { accept: 'text/html' } });
  expect(body).toContain('&lt;script&gt;');
  expect(body).not.toContain('<script>');
});

test('The log has one line a request, and nothing of what was sent.', async () => {
  const { server, lines } = await start(async (ctx) => {
    await readForm(ctx);
    ctx.cookies.set('session', 'canary-set-cookie');
    ctx.body = 'done';
  });
  await ask(server, '/interaction/canarycanarycanarycanary/login?code=canary-query', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      cookie: 'session=canary-cookie',
      authorization: 'Basic canary-basic',
    },
    body: 'password=canary-body',
  });
  const line = await until('the request is logged', () => lines.find((text) => text.includes('Answered')));
  expect(JSON.parse(line)).toMatchObject({
    method: 'POST',
    path: '/interaction/:id/login',
    status: 200,
    ms: expect.any(Number),
  });
  expect(lines.join('')).not.toContain('canary');
});

test('A form must be a form, sent once, and of a size.', async () => {
  const { server } = await start(async (ctx) => {
    ctx.body = [...(await readForm(ctx)).keys()];
  });
  const post = (body: string, type = 'application/x-www-form-urlencoded', headers = {}) =>
    ask(server, '/', { method: 'POST', body, headers: { 'content-type': type, ...headers } });
  expect(await post('a=1&b=2')).toMatchObject({ status: 200, body: '["a","b"]' });
  expect(await post('{"a":0}', 'application/json')).toMatchObject({ status: 415 });
  expect(await post('a=1', 'multipart/form-data; boundary=x')).toMatchObject({ status: 415 });
  expect(await post('a=1', undefined, { 'content-encoding': 'gzip' })).toMatchObject({ status: 415 });
  expect(await post('a=1&a=2')).toMatchObject({ status: 400 });
  expect(await post(`a=${'x'.repeat(17_000)}`)).toMatchObject({ status: 413 });
  expect(await post(`a=${'x'.repeat(17_000)}`, undefined, { 'transfer-encoding': 'chunked' })).toMatchObject({
    status: 413,
  });
  expect(await post(`a=${'x'.repeat(70_000)}`)).toMatchObject({ status: 413 });
});

test('Health answers for any host: up is up, ready is when every required part answers.', async () => {
  let store = true;
  const parts = [
    { name: 'store', required: true, check: async () => store || Promise.reject(new Error('gone')) },
    { name: 'legacy', required: false, check: async () => Promise.reject(new Error('password=canary')) },
  ];
  const { server } = await start(() => {}, { health: parts });
  const headers = { host: '10.1.2.3:4000' };
  expect(await ask(server, '/healthz', { headers })).toMatchObject({ status: 200 });
  const ready = await ask(server, '/readyz', { headers });
  expect(ready.status).toBe(200);
  expect(JSON.parse(ready.body)).toEqual({
    ready: true,
    parts: [
      { name: 'store', required: true, ok: true },
      { name: 'legacy', required: false, ok: false },
    ],
  });
  store = false;
  expect(await ask(server, '/readyz', { headers })).toMatchObject({ status: 503 });
  expect(await ask(server, '/healthz', { headers })).toMatchObject({ status: 200 });
});

test('The stylesheet may be kept for ever.', async () => {
  const { server } = await start(() => {});
  const page = await ask(server, '/nowhere', { headers: { accept: 'text/html' } });
  const href = /href="(\/assets\/style-[0-9a-f]+\.css)"/.exec(page.body)?.[1] ?? '';
  const { status, headers, body } = await ask(server, href);
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': expect.stringContaining('text/css'),
    'cache-control': expect.stringContaining('immutable'),
  });
  expect(body).toContain('prefers-color-scheme: dark');
});

test('Closing lets a request under way finish and then lets go of kept-alive connections.', async () => {
  const gate = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  const { server } = await start(async (ctx) => {
    entered.resolve();
    await gate.promise;
    ctx.body = 'finished';
  });
  const socket = connect(server.port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => (received += chunk));
  const ended = new Promise((done) => socket.once('close', done));
  socket.write('GET / HTTP/1.1\r\nHost: login.example.com\r\nConnection: keep-alive\r\n\r\n');
  await entered.promise;
  const closed = server.close();
  gate.resolve();
  await Promise.all([closed, ended]);
  expect(received).toContain('finished');
});

test('Cookie keys are needed, and need a length.', () => {
  const porch = (cookieKeys: string[]) =>
    createPorch({
      issuer: ISSUER,
      trustProxy: false,
      cookieKeys,
      health: [],
      logger: createLogger('silent'),
      clock: systemClock,
      random: systemRandom,
    });
  expect(() => porch([])).toThrow(/cannot be signed/);
  expect(() => porch([KEY, 'short'])).toThrow(/cannot be signed/);
  expect(porch([KEY]).keys).toEqual([KEY]);
});
