import { describe, expect, inject, type TestContext, test } from 'vitest';
import { KILL_POINTS } from '../../support/courier-model.ts';
import {
  createRealSetup,
  type RealPerson,
  type RealSetup,
  type RealSetupOptions,
} from '../../support/real-setup.ts';
import { createTcpProxy } from '../../support/tcp-proxy.ts';
import { until } from '../../support/until.ts';

const PEOPLE: readonly RealPerson[] = Array.from({ length: 14 }, (_, index) => ({
  username: `person-${index}`,
  password: `The old password of ${index}`,
}));
/** One copy after the other, so that a death leaves work for the next courier. */
const ONE_BY_ONE = { worker: { pollMs: 100, leaseSeconds: 5, concurrency: 1, maxAttempts: 100 } };

/** Everybody has logged in, and nobody has been copied. */
async function start(
  { onTestFinished }: TestContext,
  options: Partial<RealSetupOptions>,
): Promise<RealSetup> {
  const setup = await createRealSetup({ people: PEOPLE, config: ONE_BY_ONE, ...options });
  onTestFinished(setup.close);
  const server = await setup.serve({ args: ['--no-worker'] });
  for (const { username } of PEOPLE) await setup.login(username);
  await setup.untilLedger({ captured: PEOPLE.length });
  await server.stop();
  return setup;
}

async function expectEverybodyOnce({ spawn, untilLedger, targetWrites, targetRows }: RealSetup) {
  const survivor = spawn(['worker']);
  await untilLedger({ copied: PEOPLE.length });
  await survivor.stop();
  expect(await targetRows()).toHaveLength(PEOPLE.length);
  const writes = await targetWrites();
  expect(writes.map(({ kind }) => kind)).toEqual(PEOPLE.map(() => 'insert'));
}

describe.each(['sqlite', 'mysql'] as const)('With its records in %s, a courier', (store) => {
  test('that is killed at each step of a copy copies everybody exactly once in the end', async (context) => {
    const setup = await start(context, { store });
    for (const point of KILL_POINTS) {
      const dying = setup.spawn(['worker'], { FOOTBRIDGE_FAULT_POINT: point });
      expect(await dying.ended, point).toBe('SIGKILL');
    }
    await expectEverybodyOnce(setup);
  }, 180_000);
});

test('A courier that is asked to stop in the middle of a copy hands its leases back', async (context) => {
  const serverPort = Number(new URL(inject('databaseServer').adminUrl).port);
  const way = await createTcpProxy(serverPort);
  context.onTestFinished(() => way.cut());
  const worker = { pollMs: 100, leaseSeconds: 3_600, concurrency: 4 };
  const setup = await start(context, { store: 'mysql', targetPort: way.port, config: { worker } });
  way.stall();
  const courier = setup.spawn(['worker']);
  await until('copies are under way', async () =>
    (await setup.status()).ledger.some(({ state }) => state === 'copying'),
  );
  expect(await courier.stop(), courier.output()).toBe(0);
  expect((await setup.status()).ledger).toMatchObject([{ state: 'captured', count: PEOPLE.length }]);
  await way.mend();
  await expectEverybodyOnce(setup);
}, 180_000);

test('A courier that is killed at whatever a database has just answered copies everybody exactly once in the end', async (context) => {
  const serverPort = Number(new URL(inject('databaseServer').adminUrl).port);
  const ways = {
    store: await createTcpProxy(serverPort),
    legacy: await createTcpProxy(serverPort),
    target: await createTcpProxy(serverPort),
  };
  context.onTestFinished(async () => {
    for (const way of Object.values(ways)) await way.cut();
  });
  const setup = await start(context, {
    store: 'mysql',
    storePort: ways.store.port,
    legacyPort: ways.legacy.port,
    targetPort: ways.target.port,
  });
  /** How often the store answers a courier before it reads the first person again: its start, and the claim. */
  const begun = await new Promise<number>((done) => {
    let answers = 0;
    ways.store.onAnswer(() => {
      answers += 1;
    });
    const first = setup.spawn(['worker']);
    ways.legacy.onAnswer(() => {
      first.child.kill('SIGKILL');
      void first.ended.then(() => done(answers));
      ways.legacy.onAnswer(() => {});
    });
  });
  const deaths = [
    ...[-4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6].map((more) => ['store', begun + more] as const),
    ...[1, 2, 3, 4].map((answer) => ['legacy', answer] as const),
    ...[1, 2, 3, 4, 5, 6, 7].map((answer) => ['target', answer] as const),
  ];
  let reached = 0;
  for (const [name, answer] of deaths) {
    const dying = setup.spawn(['worker']);
    let left = answer;
    ways[name].onAnswer(() => {
      left -= 1;
      if (left === 0) dying.child.kill('SIGKILL');
    });
    // A courier that has nothing left to ask dies as well.
    const inTheEnd = setTimeout(() => dying.child.kill('SIGKILL'), 8_000);
    expect(await dying.ended, `${name} ${answer}`).toBe('SIGKILL');
    if (left <= 0) reached += 1;
    clearTimeout(inTheEnd);
    ways[name].onAnswer(() => {});
  }
  expect(reached, 'most died where they were to').toBeGreaterThan(deaths.length - 4);
  await expectEverybodyOnce(setup);
}, 300_000);
