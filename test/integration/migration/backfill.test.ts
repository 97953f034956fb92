import { describe, expect, test } from 'vitest';
import { createRealSetup, type RealPerson, type RealSetup } from '../../support/real-setup.ts';
import { until } from '../../support/until.ts';

const PEOPLE: readonly RealPerson[] = Array.from({ length: 30 }, (_, index) => ({
  username: `person${index}`,
  password: `The old password of ${index}`,
}));

async function backfill(setup: RealSetup, ...args: string[]) {
  const { code, output, result } = await setup.run('backfill', 'new-platform', '--json', ...args);
  return { code, output, report: result === '' ? undefined : JSON.parse(result) };
}

async function expectEverybodyOnce({ targetRows, targetWrites }: RealSetup): Promise<void> {
  const rows = await targetRows();
  expect(rows.map(({ username }) => username).toSorted()).toEqual(
    PEOPLE.map(({ username }) => username).toSorted(),
  );
  expect(await targetWrites()).toHaveLength(PEOPLE.length);
}

/** Everything with the store of the run, `npm test` or `npm run test:mysql`; with the other one what differs most. */
const STORES = process.env.TEST_SERVER === 'mysql' ? (['mysql'] as const) : (['sqlite', 'mysql'] as const);
const KILLED = ['after-put', 'before-enter', 'after-enter', 'before-put'];

describe.each(STORES)('A backfill with its records in %s', (store) => {
  test('brings everybody without a password, says how, and changes nothing a second time.', async ({
    onTestFinished,
  }) => {
    const setup = await createRealSetup({ people: PEOPLE, store });
    onTestFinished(setup.close);
    const dry = await backfill(setup, '--dry-run');
    expect(dry).toMatchObject({ code: 0, report: { counts: { read: 30, entered: 30 } } });
    expect(await setup.targetRows()).toEqual([]);
    expect((await setup.status()).ledger).toEqual([]);

    expect(await backfill(setup)).toMatchObject({
      code: 0,
      report: { state: 'done', counts: { copied: 30 } },
    });
    await expectEverybodyOnce(setup);
    expect((await setup.targetRows()).every(({ password_hash }) => password_hash === null)).toBe(true);
    expect(await backfill(setup)).toMatchObject({ code: 0, report: { counts: { across: 30, copied: 0 } } });
    await expectEverybodyOnce(setup);
    const { result } = await setup.run('runs', 'list', '--json');
    expect(JSON.parse(result)).toMatchObject([{ state: 'done' }, { state: 'done' }]);
  });

  test.each(store === STORES[0] ? KILLED : KILLED.slice(0, 1))(
    'killed %s goes on where it was, and nobody is missing or twice there.',
    async (place) => {
      const setup = await createRealSetup({ people: PEOPLE, store });
      try {
        const killed = setup.spawn(['backfill', 'new-platform', '--rate', '10'], {
          FOOTBRIDGE_FAULT_POINT: `backfill.${place}:2`,
        });
        expect(await killed.ended).toBe('SIGKILL');
        expect((await setup.targetRows()).length).toBeLessThan(PEOPLE.length);
        expect(await backfill(setup)).toMatchObject({ code: 0, report: { state: 'done', resumed: true } });
        await setup.untilLedger({ copied: PEOPLE.length });
        await expectEverybodyOnce(setup);
      } finally {
        await setup.close();
      }
    },
  );
});

test('A login that comes first, or meanwhile, wins: the person arrives once, with the password.', async ({
  onTestFinished,
}) => {
  const setup = await createRealSetup({ people: PEOPLE });
  onTestFinished(setup.close);
  await setup.serve();
  await setup.login('person0');
  await setup.untilLedger({ copied: 1 });
  const slow = setup.spawn(['backfill', 'new-platform', '--rate', '5']);
  await until('the first have arrived', async () => (await setup.targetRows()).length > 3);
  await setup.login('person29');
  await setup.login('person1');
  expect(await slow.ended).toBe(0);
  await setup.untilLedger({ copied: PEOPLE.length });
  for (const name of ['person0', 'person1', 'person29']) {
    expect(
      await setup.opensAtTarget(name, PEOPLE.find(({ username }) => username === name)?.password ?? ''),
    ).toBe(true);
  }
  expect(await setup.targetRows()).toHaveLength(PEOPLE.length);
});

test('Legacy hashes are sent as they are only to a target that takes them, and only strong ones.', async ({
  onTestFinished,
}) => {
  const strong = `$2y$10$${'a'.repeat(22)}${'b'.repeat(31)}`;
  const people = [
    { username: 'strong', password: '', encoded: strong },
    { username: 'weak', password: '', encoded: strong.replace('$10$', '$04$') },
    { username: 'other', password: '', encoded: 'd41d8cd98f00b204e9800998ecf8427e' },
  ];
  const setup = await createRealSetup({ people });
  onTestFinished(setup.close);
  expect(await backfill(setup, '--with-hashes')).toMatchObject({ code: 2 });
  const target = {
    kind: 'sql',
    url: '${TARGET_DATABASE_URL}',
    table: 'users',
    externalId: 'footbridge_sub',
    password: { column: 'password_hash', legacyHashes: ['bcrypt'] },
    columns: { username: 'preferred_username', email: 'email' },
  };
  const taking = await createRealSetup({ people, config: { targets: { 'new-platform': target } } });
  onTestFinished(taking.close);
  expect(await backfill(taking, '--with-hashes')).toMatchObject({
    code: 0,
    report: { counts: { copied: 3, withHash: 1 } },
  });
  const hashes = Object.fromEntries(
    (await taking.targetRows()).map((row) => [row.username, row.password_hash]),
  );
  expect(hashes).toEqual({ strong, weak: null, other: null });
});
