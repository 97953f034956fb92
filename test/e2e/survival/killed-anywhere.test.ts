import { describe, expect, inject, test } from 'vitest';
import { expectEverybodyOnce, PEOPLE, startWithCaptured } from '../../support/captured-people.ts';
import { KILL_POINTS } from '../../support/courier-model.ts';
import { createTcpProxy } from '../../support/tcp-proxy.ts';
import { until } from '../../support/until.ts';

describe.each(['sqlite', 'mysql'] as const)('With its records in %s, a courier', (store) => {
  test('that is killed at each step of a copy copies everybody exactly once in the end', async (context) => {
    const setup = await startWithCaptured(context, { store });
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
  const setup = await startWithCaptured(context, {
    store: 'mysql',
    targetPort: way.port,
    config: { worker },
  });
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
