import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStatistics } from '../../../src/ledger/create-statistics.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const DAY = 86_400_000;
const PEOPLE = 20_000;
const STATES = ['copied', 'copied', 'copied', 'captured', 'parked'];

let database: TestDatabase;
let store: Store;
let today: number;
beforeAll(async () => {
  database = await createTestDatabase();
  store = openStore(new Secret(database.adminUrl), systemClock);
  await store.upgrade();
  const now = await store.now();
  today = now - (now % DAY);
  for (let first = 0; first < PEOPLE; first += 1_000) {
    const rows = Array.from({ length: 1_000 }, (_, index) => rowOf(first + index));
    await store.db.insertInto('ledger').values(rows).execute();
    const persons = rows.map(({ external_id, directory, legacy_id }, index) => ({
      subject: external_id,
      directory,
      legacy_id,
      created_at: 0,
      last_login_at: today - index * DAY,
    }));
    await store.db.insertInto('person').values(persons).execute();
  }
  await database.admin.query('analyze table ledger, person');
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

function rowOf(id: number) {
  const state = STATES[id % STATES.length] as string;
  const copiedAt = state === 'copied' ? today - ((id % 79) + 1) * DAY : null;
  return {
    target: 'new',
    directory: 'legacy',
    legacy_id: String(id),
    external_id: `sub-${id}`,
    client_id: 'app',
    state,
    generation: 1,
    credential_fingerprint: 'f',
    profile_digest: 'p',
    copied_at: copiedAt,
    across_at: copiedAt,
    copied_fingerprint: copiedAt === null ? null : 'f',
    attempts: 1,
    next_attempt_at: 0,
    reason: state === 'parked' ? 'too long' : null,
    origin: 'login',
    urgency: 1,
    scheme: id % 2 === 0 ? 'bcrypt' : 'phpass',
    captured_at: 1_000 + id,
    updated_at: 0,
  };
}

test('The figures of a MySQL store are what its rows say.', async () => {
  const { people, reasons, targets, active } = await createStatistics({ store }).overview();
  expect(people.map(({ state, scheme, count }) => `${state} ${scheme} ${count}`)).toEqual([
    'captured bcrypt 2000',
    'captured phpass 2000',
    'copied bcrypt 6000',
    'copied phpass 6000',
    'parked bcrypt 2000',
    'parked phpass 2000',
  ]);
  expect(reasons).toEqual([{ target: 'new', state: 'parked', reason: 'too long', count: 4_000 }]);
  expect(targets).toMatchObject([{ target: 'new', oldestWaiting: 1_003 }]);
  const { newcomers, copies, active: looked } = targets[0] ?? { copies: [] };
  expect(newcomers?.days).toHaveLength(56);
  expect((newcomers?.before ?? 0) + (newcomers?.days ?? []).reduce((sum, { count }) => sum + count, 0)).toBe(
    12_000,
  );
  expect(copies.every(({ hour }) => hour >= today - DAY)).toBe(true);
  expect(active).toBeGreaterThanOrEqual(30 * 20);
  expect(looked?.lookedAt).toBe(active);
  expect(looked?.across).toBeLessThan(active);
});

test('A series, the totals and who failed are what the rows of a MySQL store say.', async () => {
  const statistics = createStatistics({ store });
  const days = { target: 'new', from: today - 78 * DAY, to: today, step: 'day' } as const;
  const { before, steps } = await statistics.series(days);
  expect(steps).toHaveLength(78);
  expect(steps.map(({ at }) => at)).toEqual(Array.from({ length: 78 }, (_, day) => days.from + day * DAY));
  const copied = steps.reduce((sum, step) => sum + step.copied, 0);
  expect(copied + before).toBe(12_000);
  expect(steps.at(-1)?.across).toBe(12_000);
  const long = await statistics.series({ target: 'new', from: 0, to: 731 * DAY, step: 'day' });
  expect(long.steps[0]).toMatchObject({ captured: PEOPLE, failed: 4_000 });
  await expect(statistics.series({ ...days, step: 'hour' })).rejects.toThrow(/744 steps/);
  expect(await statistics.totals()).toEqual({
    people: [
      { target: 'new', state: 'captured', count: 4_000 },
      { target: 'new', state: 'copied', count: 12_000 },
      { target: 'new', state: 'parked', count: 4_000 },
    ],
    across: [{ target: 'new', count: 12_000 }],
  });
  expect(await statistics.failedSince('new', 0)).toEqual([
    { state: 'parked', reason: 'too long', count: 4_000 },
  ]);
  expect(await statistics.failedSince('new', 1)).toEqual([]);
});

test.each([
  ['select target, state, count(*) from ledger group by 1, 2 order by 1, 2', 'ledger_'],
  ['select target, count(*) from ledger where across_at is not null group by 1', 'ledger_'],
  [
    "select captured_at - captured_at % 3600000 h, count(*) from ledger where target = 'new' and state in ('captured', 'copying', 'copied', 'retrying', 'parked', 'conflict', 'stale', 'gone', 'excluded') and captured_at >= 1000 and captured_at < 1200 group by h",
    'captured_at_index',
  ],
  [
    "select across_at - across_at % 3600000 h, count(*) from ledger where target = 'new' and across_at >= unix_timestamp() * 1000 - 90000000 and across_at < unix_timestamp() * 1000 group by h",
    'across_at',
  ],
  ['select target, client_id, state, scheme, count(*) from ledger group by 1, 2, 3, 4', 'due_index'],
  [
    "select captured_at from ledger where target = 'new' and state = 'captured' order by captured_at limit 1",
    'captured_at_index',
  ],
  [
    "select copied_at - copied_at % 3600000 h, count(*) from ledger where target = 'new' and copied_at >= unix_timestamp() * 1000 - 90000000 group by h",
    'copied_at_index',
  ],
  [
    "select count(*) from ledger where target = 'new' and across_at is null and copied_fingerprint is not null",
    'across_at',
  ],
  ['select count(*) from person where last_login_at >= 1', 'last_login_at_index'],
])('An index alone answers: %s', async (question, index) => {
  const [plan] = (await database.admin.query(`explain format=traditional ${question}`)) as unknown as [
    { key: string | null; Extra: string | null }[],
  ];
  expect(plan).toHaveLength(1);
  expect(plan[0]?.key).toContain(index);
  expect(plan[0]?.Extra).toContain('Using index');
});
