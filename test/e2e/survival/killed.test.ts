import { describe, expect, type TestContext, test } from 'vitest';
import type { PlatformUser } from '../../support/platform-users.ts';
import {
  createRealSetup,
  peopleByState,
  type RealPerson,
  type RealSetup,
  type RealSetupOptions,
} from '../../support/real-setup.ts';
import { until } from '../../support/until.ts';

const PEOPLE: readonly RealPerson[] = ['anna', 'bob', 'carla', 'dieter', 'eve', 'frank', 'greta', 'hugo'].map(
  (username) => ({ username, password: `The old password of ${username}: pässwörd` }),
);

async function start(
  { onTestFinished }: TestContext,
  options: Partial<RealSetupOptions>,
): Promise<RealSetup> {
  const setup = await createRealSetup({ people: PEOPLE, ...options });
  onTestFinished(setup.close);
  return setup;
}

// The two stores side by side, since most of the time goes by until the leases of the dead run out.
const oneAfterTheOther = { concurrent: false };

describe.concurrent.each(['sqlite', 'mysql'] as const)('with its records in %s, the bridge', (store) => {
  test(
    'killed between capture and copy, copies everybody exactly once when it is back',
    oneAfterTheOther,
    async (context) => {
      const setup = await start(context, { store });
      const { serve, untilLedger, targetRows } = setup;
      const server = await serve({ args: ['--no-worker'] });
      await logInAll(setup);
      await untilLedger({ captured: PEOPLE.length });
      expect(await targetRows()).toEqual([]);

      server.child.kill('SIGKILL');
      expect(await server.ended).toBe('SIGKILL');
      expect(await targetRows()).toEqual([]);

      await serve();
      await untilLedger({ copied: PEOPLE.length });
      await expectEverybodyExactlyOnce(setup);
    },
  );

  test(
    'killed before a put, and between a put and its settlement, writes nobody a second time',
    oneAfterTheOther,
    async (context) => {
      const setup = await start(context, { store });
      const { serve, spawn, status, untilLedger, targetRows } = setup;
      await serve({ args: ['--no-worker'] });
      await logInAll(setup);
      await untilLedger({ captured: PEOPLE.length });

      const afterPut = spawn(['worker'], { FOOTBRIDGE_FAULT_POINT: 'courier.after-put:2' });
      expect(await afterPut.ended).toBe('SIGKILL');
      await untilTargetIsLeftAlone(setup);
      const arrived = await targetRows();
      const { copied = 0 } = peopleByState(await status());
      expect(arrived.length, 'somebody is there of whom the ledger does not know it').toBeGreaterThan(copied);

      const beforePut = spawn(['worker'], { FOOTBRIDGE_FAULT_POINT: 'courier.before-put' });
      expect(await beforePut.ended).toBe('SIGKILL');
      await untilTargetIsLeftAlone(setup);
      expect(await targetRows()).toEqual(arrived);

      spawn(['worker']);
      await untilLedger({ copied: PEOPLE.length });
      await expectEverybodyExactlyOnce(setup);
      const rows = await targetRows();
      for (const before of arrived) expect(rowOf(rows, before)).toEqual(before);
    },
  );

  test(
    'killed right after its answer, before the capture, captures at the next login',
    oneAfterTheOther,
    async (context) => {
      const slowRehash = { argon2id: { memoryKiB: 65_536, iterations: 10 } };
      const { serve, tryLogin, login, status, untilLedger, targetRows, targetWrites, opensAtTarget } =
        await start(context, { store, config: { passwords: slowRehash } });
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
    },
  );
});

async function logInAll({ login }: RealSetup): Promise<void> {
  await Promise.all(PEOPLE.map(({ username }) => login(username)));
}

/** One row each, written once and never touched again, which the password of old opens. */
async function expectEverybodyExactlyOnce({
  targetRows,
  targetWrites,
  opensAtTarget,
}: RealSetup): Promise<void> {
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
async function untilTargetIsLeftAlone({ target: { admin, name } }: RealSetup): Promise<void> {
  await until('no connection to the target is left', async () => {
    const [rows] = await admin.query(
      'select id from information_schema.processlist where db = ? and id <> connection_id()',
      [name],
    );
    return (rows as unknown[]).length === 0;
  });
}

const rowOf = (rows: readonly PlatformUser[], { footbridge_sub: sub }: PlatformUser) =>
  rows.find(({ footbridge_sub }) => footbridge_sub === sub);
