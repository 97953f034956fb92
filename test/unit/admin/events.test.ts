import { request } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { ADMIN_HOST, type AdminWorld, startAdmin } from '../../support/admin-world.ts';
import { captureOf } from '../../support/test-ledger.ts';
import { until } from '../../support/until.ts';

let world: AdminWorld;
afterEach(async () => {
  vi.useRealTimers();
  await world.close();
});

interface Listening {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  text(): string;
  isOver(): boolean;
  leave(): void;
}

/** What came so far of an answer that does not end. */
function listenTo(headers: Record<string, string>): Promise<Listening> {
  return new Promise((done, fail) => {
    const call = request({
      host: '127.0.0.1',
      port: world.port,
      path: '/api/v1/events',
      headers: { Host: ADMIN_HOST, ...headers },
    });
    call.on('error', fail);
    call.on('response', (answer) => {
      let [text, over] = ['', false];
      answer.on('data', (chunk: Buffer) => {
        text += chunk;
      });
      answer.on('error', () => {});
      answer.on('close', () => {
        over = true;
      });
      done({
        status: answer.statusCode ?? 0,
        headers: answer.headers,
        text: () => text,
        isOver: () => over,
        leave: () => call.destroy(),
      });
    });
    call.end();
  });
}

const reader = { Authorization: 'Bearer only-reads' };
const dataIn = (text: string) =>
  [...text.matchAll(/^event: progress\ndata: (.+)\n\n/gm)].map(([, json]) => JSON.parse(json ?? ''));

test('The figures come at once and whenever they change, to everybody who may read.', async () => {
  world = await startAdmin();
  const [one, other] = [await listenTo(reader), await listenTo(reader)];
  expect(one.status).toBe(200);
  expect(one.headers).toMatchObject({
    'content-type': expect.stringContaining('text/event-stream'),
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  await until('the first figures', () => dataIn(one.text()).length === 1);
  await world.ledger.capture(captureOf(1));
  await world.runs.begin({ kind: 'backfill', target: 'new', options: {}, actor: 'cli:ann' });
  await until('the change', () => dataIn(other.text()).at(-1)?.runs.length === 1);
  expect(dataIn(one.text())[0]).toMatchObject({ targets: [{ target: 'new', waiting: 0 }], runs: [] });
  expect(dataIn(one.text()).at(-1)).toMatchObject({
    targets: [{ target: 'new', across: 0, waiting: 1 }],
    runs: [{ kind: 'backfill', state: 'running', progress: { done: 0 } }],
  });
  world.endStreams();
  await until('both are over', () => one.isOver() && other.isOver());
  expect((await listenTo(reader)).status).toBe(503);
});

test('Nobody listens without the right to read, and too many are asked to come later.', async () => {
  world = await startAdmin();
  expect((await listenTo({})).status).toBe(401);
  expect((await listenTo({ Authorization: 'Bearer may-nothing' })).status).toBe(403);
  const many = await Promise.all(Array.from({ length: 50 }, () => listenTo(reader)));
  expect(many.every(({ status }) => status === 200)).toBe(true);
  const late = await listenTo(reader);
  expect(late.status).toBe(503);
  expect(late.headers['retry-after']).toBe('30');
  many[0]?.leave();
  await until('there is room', async () => (await listenTo(reader)).status === 200);
});

test('A stream ends with the session that opened it.', async () => {
  world = await startAdmin();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const entered = await world.send(
    'POST',
    '/bootstrap',
    { 'Content-Type': 'application/x-www-form-urlencoded', Origin: `http://${ADMIN_HOST}` },
    `token=${await world.links.issue('test')}`,
  );
  const cookie = entered.cookies.map((line) => line.split(';')[0]).join('; ');
  const listening = await listenTo({ Cookie: cookie });
  expect(listening.status).toBe(200);
  vi.advanceTimersByTime(15_000);
  await until('it beats', () => listening.text().includes(': still here\n\n'));
  expect(listening.isOver()).toBe(false);
  world.time.pass(8 * 3_600_000 + 1);
  vi.advanceTimersByTime(15_000);
  await until('it is over', () => listening.isOver());
});
