import { expect, inject, test } from 'vitest';
import { expectEverybodyOnce, startWithCaptured } from '../support/captured-people.ts';
import { createTcpProxy } from '../support/tcp-proxy.ts';

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
  const setup = await startWithCaptured(context, {
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
