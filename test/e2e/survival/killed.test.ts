import { afterEach, describe, expect, test } from 'vitest';
import {
  createRealSetup,
  peopleByState,
  type RealPerson,
  type RealSetup,
  type RealSetupOptions,
  type TargetRow,
} from '../../support/real-setup.ts';
import { until } from '../../support/until.ts';

const PEOPLE: readonly RealPerson[] = ['anna', 'bob', 'carla', 'dieter', 'eve', 'frank', 'greta', 'hugo'].map(
  (username) => ({ username, password: `The old password of ${username}: pässwörd` }),
);

let setup: RealSetup | undefined;

async function start(options: Partial<RealSetupOptions>): Promise<RealSetup> {
  setup = await createRealSetup({ people: PEOPLE, ...options });
  return setup;
}

afterEach(async () => {
  await setup?.close();
  setup = undefined;
});

describe.each(['sqlite', 'mysql'] as const)('with its records in %s, the bridge', (store) => {
  test('killed between capture and copy, copies everybody exactly once when it is back', async () => {
    const { serve, untilLedger, targetRows } = await start({ store });
    const server = await serve({ args: ['--no-worker'] });
    await logInAll();
    await untilLedger({ captured: PEOPLE.length });
    expect(await targetRows()).toEqual([]);

    server.child.kill('SIGKILL');
    expect(await server.ended).toBe('SIGKILL');
    expect(await targetRows()).toEqual([]);

    await serve();
    await untilLedger({ copied: PEOPLE.length });
    await expectEverybodyExactlyOnce();
  });

  test('killed before a put, and between a put and its settlement, writes nobody a second time', async () => {
    const { serve, spawn, status, untilLedger, targetRows } = await start({ store });
    await serve({ args: ['--no-worker'] });
    await logInAll();
    await untilLedger({ captured: PEOPLE.length });

    const afterPut = spawn(['worker'], { FOOTBRIDGE_FAULT_POINT: 'courier.after-put:2' });
    expect(await afterPut.ended).toBe('SIGKILL');
    await untilTargetIsLeftAlone();
    const arrived = await targetRows();
    const { copied = 0 } = peopleByState(await status());
    expect(arrived.length, 'somebody is there of whom the ledger does not know it').toBeGreaterThan(copied);

    const beforePut = spawn(['worker'], { FOOTBRIDGE_FAULT_POINT: 'courier.before-put' });
    expect(await beforePut.ended).toBe('SIGKILL');
    await untilTargetIsLeftAlone();
    expect(await targetRows()).toEqual(arrived);

    spawn(['worker']);
    await untilLedger({ copied: PEOPLE.length });
    await expectEverybodyExactlyOnce();
    const rows = await targetRows();
    for (const before of arrived) expect(rowOf(rows, before)).toEqual(before);
  });

  test('killed right after its answer, before the capture, captures at the next login', async () => {
    const slowRehash = { argon2id: { memoryKiB: 65_536, iterations: 10 } };
    const { serve, tryLogin, login, status, untilLedger, targetRows, targetWrites, opensAtTarget } =
      await start({ store, config: { passwords: slowRehash } });
    const [anna] = PEOPLE as [RealPerson];
    const server = await serve();
    const page = await tryLogin(anna.username);
    server.child.kill('SIGKILL');
    expect(await server.ended).toBe('SIGKILL');
    expect(page.status, 'the person was let in').toBe(0);
    expect((await status()).ledger, 'the rehash takes longer than the answer').toEqual([]);

    await serve();
    await login(anna.username);
    await untilLedger({ copied: 1 });
    expect(await targetRows()).toHaveLength(1);
    expect(await targetWrites()).toHaveLength(1);
    expect(await opensAtTarget(anna.username, anna.password)).toBe(true);
  });
});

function current(): RealSetup {
  if (setup === undefined) throw new Error('There is no setup.');
  return setup;
}

async function logInAll(): Promise<void> {
  await Promise.all(PEOPLE.map(({ username }) => current().login(username)));
}

/** One row each, written once and never touched again, which the password of old opens. */
async function expectEverybodyExactlyOnce(): Promise<void> {
  const { targetRows, targetWrites, opensAtTarget } = current();
  const rows = await targetRows();
  expect(rows.map(({ username }) => username).sort()).toEqual(PEOPLE.map(({ username }) => username));
  const written = (await targetWrites()).map(({ sub, kind }) => `${kind} ${sub}`);
  expect(written.sort()).toEqual(rows.map(({ footbridge_sub: sub }) => `insert ${sub}`).sort());
  for (const { username, password } of PEOPLE) {
    expect(await opensAtTarget(username, password), `${username}, the password of old`).toBe(true);
    expect(await opensAtTarget(username, `${password}?`), `${username}, another password`).toBe(false);
  }
}

/** A statement that was sent before its sender died may still run. */
async function untilTargetIsLeftAlone(): Promise<void> {
  const { admin, name } = current().target;
  await until('no connection to the target is left', async () => {
    const [rows] = await admin.query(
      'select id from information_schema.processlist where db = ? and id <> connection_id()',
      [name],
    );
    return (rows as unknown[]).length === 0;
  });
}

const rowOf = (rows: readonly TargetRow[], { footbridge_sub: sub }: TargetRow) =>
  rows.find(({ footbridge_sub }) => footbridge_sub === sub);
