import { afterEach, describe, expect, test } from 'vitest';
import { type OldApp, openOldApp } from '../../support/old-app.ts';
import { createRealSetup, type RealPerson, type RealSetup } from '../../support/real-setup.ts';
import { until } from '../../support/until.ts';

const PEOPLE: readonly RealPerson[] = ['anna', 'bob', 'carla', 'dieter', 'eve', 'frank'].map((username) => ({
  username,
  password: `The old password of ${username}`,
  birthday: '1980-02-29 00:00:00',
}));
const [ANNA, BOB] = PEOPLE as [RealPerson, RealPerson];
const NEW_PASSWORD = 'A new one, chosen in the app of old: ñandú';

let setup: RealSetup | undefined;
let app: OldApp | undefined;

async function start(store: 'sqlite' | 'mysql'): Promise<RealSetup & { app: OldApp }> {
  setup = await createRealSetup({ people: PEOPLE, store });
  app = await openOldApp(await setup.legacy.accountWith('SELECT, UPDATE'));
  return { ...setup, app };
}

afterEach(async () => {
  await app?.close();
  await setup?.close();
  app = undefined;
  setup = undefined;
});

describe.each(['sqlite', 'mysql'] as const)(
  'beside a bridge with its records in %s, an app of old',
  (store) => {
    test('is not disturbed by logins and copies, and what it writes is all that changes its table', async () => {
      const { serve, login, tryLogin, legacy, untilLedger, targetRows, opensAtTarget, app } =
        await start(store);
      const structure = await structureOf(legacy);
      await serve();
      await login(ANNA.username);
      await until('the copy of the first password', () => opensAtTarget(ANNA.username, ANNA.password));

      const traffic = whileRunning(
        // The new platform's people, over the bridge.
        ...[0, 1].map((offset) => async (round: number) => {
          const { username, password } = personOf(2 * round + offset);
          if (username !== ANNA.username) await login(username, password);
        }),
        // The old app's people.
        async (round) => {
          const { username, password } = personOf(round);
          expect(await app.login(username, `${password}?`)).toBe(false);
          if (username !== ANNA.username) expect(await app.login(username, password)).toBe(true);
        },
      );
      await traffic.forMs(1_000);
      await app.changePassword(ANNA.username, NEW_PASSWORD);
      expect((await tryLogin(ANNA.username, ANNA.password)).status, 'the old password, at once').toBe(422);
      expect((await tryLogin(ANNA.username, NEW_PASSWORD)).status, 'the new password, at once').toBe(0);
      await until('the copy of the new password', () => opensAtTarget(ANNA.username, NEW_PASSWORD));
      expect(await opensAtTarget(ANNA.username, ANNA.password)).toBe(false);
      await traffic.forMs(1_000);
      const rounds = await traffic.end();

      expect(Math.min(...rounds), 'everybody had their turn').toBeGreaterThan(PEOPLE.length);
      await untilLedger({ copied: PEOPLE.length });
      expect(await targetRows()).toHaveLength(PEOPLE.length);
      expect(await app.actual()).toEqual(app.expected());
      expect(await structureOf(legacy)).toEqual(structure);
      const slowest = [...app.deeds].sort((one, other) => other.ms - one.ms)[0];
      expect(slowest?.ms, `the app's slowest ${slowest?.what}`).toBeLessThan(500);
    });

    test('that keeps every row locked holds up no login, and a password it changed before the copy is not copied', async () => {
      const { serve, spawn, login, tryLogin, untilLedger, targetRows, opensAtTarget, app } =
        await start(store);
      await serve({ args: ['--no-worker'] });
      await login(ANNA.username);
      await untilLedger({ captured: 1 });

      const job = await app.beginNightlyJob();
      await login(BOB.username);
      await untilLedger({ captured: 2 });
      await job.end();
      await app.changePassword(ANNA.username, NEW_PASSWORD);

      spawn(['worker']);
      await untilLedger({ copied: 1, stale: 1 });
      expect((await targetRows()).map(({ username }) => username)).toEqual([BOB.username]);

      expect((await tryLogin(ANNA.username, ANNA.password)).status).toBe(422);
      await login(ANNA.username, NEW_PASSWORD);
      await untilLedger({ copied: 2 });
      expect(await opensAtTarget(ANNA.username, NEW_PASSWORD)).toBe(true);
      expect(await opensAtTarget(ANNA.username, ANNA.password)).toBe(false);
      expect(await app.actual()).toEqual(app.expected());
    });
  },
);

function personOf(round: number): RealPerson {
  return PEOPLE[round % PEOPLE.length] as RealPerson;
}

async function structureOf({ admin }: RealSetup['legacy']): Promise<unknown> {
  const [tables] = await admin.query('show tables');
  const [definition] = await admin.query('show create table be_users');
  return [tables, definition];
}

/** Does each of these again and again, side by side. The first failure of any ends all, and `end` or `forMs` say it. */
function whileRunning(...deeds: ((round: number) => Promise<void>)[]) {
  let over = false;
  const loops = Promise.all(
    deeds.map(async (deed) => {
      let round = 0;
      for (; !over; round += 1) await deed(round);
      return round;
    }),
  ).finally(() => {
    over = true;
  });
  loops.catch(() => {});
  return {
    async forMs(ms: number): Promise<void> {
      const until = performance.now() + ms;
      await Promise.race([loops, new Promise((done) => setTimeout(done, until - performance.now()))]);
    },
    /** @returns how many rounds each came to */
    async end(): Promise<number[]> {
      over = true;
      return loops;
    },
  };
}
