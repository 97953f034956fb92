import { afterEach, expect, test } from 'vitest';
import type { SignedReport } from '../../../src/admin/desk.ts';
import { createReportWork } from '../../../src/admin/work/report.ts';
import { type AdminWorld, startAdmin } from '../../support/admin-world.ts';
import { legacyUser } from '../../support/test-courier.ts';
import { captureOf } from '../../support/test-ledger.ts';

let world: AdminWorld;
afterEach(() => world.close());

const HOUR = 3_600_000;

async function move(id: number, outcome: 'copied' | 'parked' | 'waiting') {
  await world.ledger.capture(captureOf(id));
  if (outcome === 'waiting') return;
  for (const claim of await world.ledger.claim({ target: 'new', limit: 9, leaseMs: 1_000 })) {
    await world.ledger.settle(
      claim,
      outcome === 'copied' ? { kind: outcome, profileDigest: 'd' } : { kind: outcome, reason: 'too long' },
    );
  }
}

test('The progress says who is across, who waits and fails, who was never seen, and what to do.', async () => {
  world = await startAdmin();
  for (let id = 1; id <= 10; id += 1) world.directory.users.set(String(id), legacyUser(id));
  await move(1, 'copied');
  await move(2, 'copied');
  await move(3, 'parked');
  await move(4, 'waiting');
  world.time.pass(2_000);
  const { json } = await world.api('GET', '/progress');
  expect(json).toMatchObject({
    at: world.time.clock(),
    directoryPeople: 10,
    people: [
      { client_id: 'app', target: 'new', state: 'captured', count: 1 },
      { state: 'copied', count: 2 },
      { state: 'parked', count: 1 },
    ],
    targets: [
      {
        target: 'new',
        across: 2,
        copied: 2,
        waiting: 1,
        failing: 1,
        setAside: 0,
        notSeen: 6,
        oldestWaitingSeconds: 2,
        copiesByHour: [{ at: expect.any(Number), copies: 2 }],
        forecast: { kind: 'too-little-data' },
      },
    ],
    reasons: [{ reason: 'too long', people: 1, remedy: expect.stringMatching(/\.$/) }],
  });
});

test('A target that nobody was captured for is told, and a directory that is out hides one number alone.', async () => {
  world = await startAdmin();
  world.directory.count = async () => {
    throw new Error('out');
  };
  const { status, json } = await world.api('GET', '/progress');
  expect(status).toBe(200);
  expect(json.targets).toEqual([
    { target: 'new', across: 0, copied: 0, waiting: 0, failing: 0, setAside: 0, copiesByHour: [] },
  ]);
  world.directory.count = async () => 4;
  world.time.pass(20_000);
  expect((await world.api('GET', '/progress')).json.directoryPeople).toBe(4);
  world.directory.count = async () => 5;
  world.time.pass(20_000);
  expect((await world.api('GET', '/progress')).json.directoryPeople).toBe(4);
  world.time.pass(300_000);
  expect((await world.api('GET', '/progress')).json.directoryPeople).toBe(5);
});

test('A series has every step of its span, and spans that are too long are refused with a sentence.', async () => {
  world = await startAdmin();
  await move(1, 'copied');
  world.time.pass(HOUR);
  await move(2, 'parked');
  const { json } = await world.api('GET', '/progress/series?target=new');
  expect(json.steps).toHaveLength(49);
  expect(json.steps.slice(-2)).toMatchObject([
    { captured: 1, copied: 1, failed: 0, across: 1 },
    { captured: 1, copied: 0, failed: 1, across: 1 },
  ]);
  const days = await world.api('GET', '/progress/series?target=new&step=day');
  expect(days.json.steps).toHaveLength(57);
  expect(await world.api('GET', '/progress/series?target=new&from=0')).toMatchObject({
    status: 400,
    json: { detail: expect.stringContaining('744') },
  });
  expect((await world.api('GET', '/progress/series?target=other')).status).toBe(404);
});

test('The report comes with the bytes that were signed, for a configured target alone.', async () => {
  world = await startAdmin();
  const { json } = await world.api('GET', '/report?target=new');
  expect(json).toMatchObject({ report: { target: 'new', verdict: 'ready' }, signature: 'header..signature' });
  expect(JSON.parse(json.document)).toEqual(json.report);
  expect((await world.api('GET', '/report?target=nowhere')).status).toBe(404);
  expect((await world.api('GET', '/report')).status).toBe(400);
});

test('Whoever asks for a report that is being made gets the same; the next one is made anew.', async () => {
  world = await startAdmin();
  let made = 0;
  const work = createReportWork({
    targets: new Map([['new', world.target]]),
    makeReport: async () => {
      made += 1;
      return {} as SignedReport;
    },
  });
  const [one, other] = await Promise.all([work.make('new', 1), work.make('new', 1), work.make('new', 2)]);
  expect(one).toBe(other);
  expect(made).toBe(2);
  await work.make('new', 1);
  expect(made).toBe(3);
});
