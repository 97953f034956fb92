import { execFileSync } from 'node:child_process';
import { describe, expect, inject, type TestContext, test } from 'vitest';
import {
  createRealSetup,
  peopleByState,
  type RealPerson,
  type RealSetup,
  type RealSetupOptions,
} from '../../support/real-setup.ts';
import { logIn } from '../../support/relying-party.ts';
import { createTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import { until } from '../../support/until.ts';

const PEOPLE: readonly RealPerson[] = ['anna', 'bob', 'carla', 'dieter', 'eve', 'frank'].map((username) => ({
  username,
  password: `The old password of ${username}`,
}));
const [ANNA, BOB] = PEOPLE as [RealPerson, RealPerson];

const WRONG_PASSWORD = 422;
const LET_IN = 0;
/** As many failures as lock an account. */
const ATTEMPTS = 10;
/** After this the target's connector gives up; see the setup. */
const TARGET_TIMEOUT_MS = 2_000;
/** A single attempt that is used up by an outage parks a copy, for the operator to see. */
const ONE_ATTEMPT = { worker: { pollMs: 100, leaseSeconds: 5, maxAttempts: 1 } };

interface Ways {
  readonly wayToLegacy: TcpProxy;
  readonly wayToTarget: TcpProxy;
  readonly wayToStore: TcpProxy;
}

/** A setup whose bridge reaches its databases over ways that can be cut. */
async function start(
  { onTestFinished }: TestContext,
  options: Partial<RealSetupOptions>,
): Promise<RealSetup & Ways> {
  const serverPort = Number(new URL(inject('databaseServer').adminUrl).port);
  const [wayToLegacy, wayToTarget, wayToStore] = await Promise.all([
    createTcpProxy(serverPort),
    createTcpProxy(serverPort),
    createTcpProxy(serverPort),
  ]);
  const setup = await createRealSetup({
    people: PEOPLE,
    legacyPort: wayToLegacy.port,
    targetPort: wayToTarget.port,
    storePort: wayToStore.port,
    ...options,
  });
  onTestFinished(async () => {
    await setup.close();
    await Promise.all([wayToLegacy, wayToTarget, wayToStore].map((way) => way.cut()));
  });
  return { ...setup, wayToLegacy, wayToTarget, wayToStore };
}

// The two stores side by side, since most of the time goes by until somebody gives up or tries again.
const oneAfterTheOther = { concurrent: false };

describe.concurrent.each(['sqlite', 'mysql'] as const)('with its records in %s', (store) => {
  test(
    'an outage of the legacy database is never a "no", and counts against nobody',
    oneAfterTheOther,
    async (context) => {
      const { wayToLegacy, ...setup } = await start(context, { store, config: ONE_ATTEMPT });
      await setup.serve({ args: ['--no-worker'] });
      await setup.login(BOB.username);
      await setup.untilLedger({ captured: 1 });

      await wayToLegacy.cut();
      for (let attempt = 0; attempt < ATTEMPTS + 2; attempt += 1) {
        const page = await setup.tryLogin(ANNA.username, attempt % 2 === 0 ? ANNA.password : 'not this one');
        expect(page.status).toBe(503);
        expect(page.headers['retry-after']).toMatch(/^[1-9]\d*$/);
        expect(page.text).toContain('try again');
        expect(page.text).not.toContain('is not right');
      }
      const courier = setup.spawn(['worker']);
      await until('the courier has noticed', () => courier.output().includes('The legacy directory is out'));
      expect(peopleByState(await setup.status()), 'the copy waits').toEqual({ captured: 1 });

      await wayToLegacy.mend();
      const { claims } = await setup.login(ANNA.username);
      expect(claims.sub).toMatch(/./);
      for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
        expect((await setup.tryLogin(ANNA.username, 'not this one')).status).toBe(WRONG_PASSWORD);
      }
      expect((await setup.tryLogin(ANNA.username)).status).toBe(LET_IN);
      await setup.untilLedger({ copied: 2 });
      expect(await setup.targetWrites()).toHaveLength(2);
    },
  );

  test(
    'a target that hangs and goes away slows no login and uses up no attempt, and everybody arrives',
    oneAfterTheOther,
    async (context) => {
      const { wayToTarget, ...setup } = await start(context, { store, config: ONE_ATTEMPT });
      const bridge = await setup.serve();
      const copiesWait = (times: number) =>
        until('the courier has noticed', () => bridge.output().split('The target is out').length > times);

      await setup.login(ANNA.username);
      await setup.untilLedger({ copied: 1 });
      wayToTarget.stall();
      const durations = await durationsOf(['bob', 'carla', 'dieter'].map((name) => () => setup.login(name)));
      await copiesWait(1);
      await wayToTarget.cut();
      durations.push(...(await durationsOf(['eve', 'frank'].map((name) => () => setup.login(name)))));
      await copiesWait(2);
      expect(Math.max(...durations), 'nobody waited for the target').toBeLessThan(TARGET_TIMEOUT_MS);

      const { ledger, targets } = await setup.status();
      expect(ledger.map(({ state }) => state).sort()).not.toContain('parked');
      expect(targets).toMatchObject([{ target: 'new-platform', failures: expect.any(Number) }]);
      expect(await setup.targetRows()).toHaveLength(1);

      await wayToTarget.mend();
      await setup.untilLedger({ copied: PEOPLE.length });
      expect(await setup.targetWrites()).toHaveLength(PEOPLE.length);
      for (const { username, password } of PEOPLE) {
        expect(await setup.opensAtTarget(username, password), username).toBe(true);
      }
      expect((await setup.status()).targets).toMatchObject([{ failures: 0, closedForSeconds: 0 }]);
    },
  );
});

test('an outage of the store is never a "no" either, and the same page works once it is over', async (context) => {
  const { wayToStore, ...setup } = await start(context, { store: 'mysql' });
  await setup.serve();
  const { url } = await (await setup.relyingParty()).request();
  const browser = setup.browser();
  const loginPage = await browser.open(url);

  await wayToStore.cut();
  for (const password of [ANNA.password, 'not this one']) {
    const page = await logIn(browser, loginPage, ANNA.username, password);
    expect(page.status).toBe(503);
    expect(page.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect(page.text).toContain('try again');
  }
  expect((await browser.open(url)).status).toBe(503);
  expect((await fetch(new URL('/readyz', setup.issuer))).status).toBe(503);

  await wayToStore.mend();
  expect((await logIn(browser, loginPage, ANNA.username, ANNA.password)).status).toBe(LET_IN);
  await setup.untilLedger({ copied: 1 });
});

test('a full disk under the store is an outage, and the process goes on once there is room', async (context) => {
  const setup = await start(context, { store: 'sqlite' });
  const bridge = await setup.serve();
  const pid = String(bridge.child.pid);
  // No file of the process may grow beyond this: SQLite is refused in the middle of whatever it writes.
  const limitFiles = (bytes: string) => execFileSync('prlimit', ['--pid', pid, `--fsize=${bytes}:unlimited`]);
  const { url } = await (await setup.relyingParty()).request();
  const browser = setup.browser();
  const loginPage = await browser.open(url);

  limitFiles('4096');
  for (const password of [ANNA.password, 'not this one']) {
    const page = await logIn(browser, loginPage, ANNA.username, password);
    expect(page.status).toBe(503);
    expect(page.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect(page.text).toContain('try again');
  }
  expect((await fetch(new URL('/healthz', setup.issuer))).status).toBe(200);
  await until('the log says why', () => bridge.output().includes('The disk of the store'));
  expect(bridge.output()).not.toContain(ANNA.password);

  limitFiles('unlimited');
  expect((await logIn(browser, loginPage, ANNA.username, ANNA.password)).status).toBe(LET_IN);
  await setup.untilLedger({ copied: 1 });
  expect(bridge.child.exitCode).toBe(null);
});

/** One after the other, as if each were alone. In milliseconds. */
async function durationsOf(deeds: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const durations: number[] = [];
  for (const deed of deeds) {
    const begun = performance.now();
    await deed();
    durations.push(performance.now() - begun);
  }
  return durations;
}
