import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientMetadata } from '../../../src/clients/client.ts';
import type { Clients } from '../../../src/clients/clients.ts';
import { createClients } from '../../../src/clients/create-clients.ts';
import { createSecretDigest } from '../../../src/clients/secret-digest.ts';
import type { LegacyId } from '../../../src/domain/ids.ts';
import { createShadowRecords } from '../../../src/ledger/create-shadow-records.ts';
import { planFor } from '../../../src/login/migration-switch.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { systemRandom } from '../../../src/runtime/random.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { captureOf, ledgerOn, person } from '../../support/test-ledger.ts';

let database: TestDatabase;
let stores: [Store, Store];
let one: Clients;
let other: Clients;
beforeAll(async () => {
  database = await createTestDatabase();
  const open = () => openStore(new Secret(database.adminUrl), systemClock);
  stores = [open(), open()];
  await stores[0].upgrade();
  const secrets = createSecretDigest(randomBytes(32));
  [one, other] = stores.map((store) =>
    createClients({
      store,
      secrets,
      random: systemRandom,
      targets: new Map([['new', { verify: true }]]),
      shadowOf: createShadowRecords({ store }).report,
    }),
  ) as [Clients, Clients];
  const metadata = clientMetadata.parse({ client_id: 'idp', redirect_uris: ['https://a.example.com/cb'] });
  await one.add(metadata, { target: 'new', mode: 'off', percent: 100 }, 'test');
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await database.drop();
});

const login = {
  person: { directory: 'legacy', legacyId: '7' as LegacyId },
  email: undefined,
  app: undefined,
};
const modeAt = async (clients: Clients) =>
  planFor(await clients.find('idp'), login, Date.now(), Buffer.alloc(32)).mode;

test('A switch that one instance turns counts for the next login at the other.', async () => {
  for (const mode of ['shadow', 'lazy', 'cutover', 'off'] as const) {
    const began = performance.now();
    await one.setMode('idp', mode, 'test');
    expect(await modeAt(other)).toBe(mode);
    expect(performance.now() - began).toBeLessThan(2_000);
  }
  expect((await other.auditOf('idp')).filter(({ action }) => action === 'client.mode')).toHaveLength(4);
});

test('Of two instances that turn a switch at one moment, both end with what one of them wrote.', async () => {
  const turned = await Promise.allSettled([
    one.setMode('idp', 'lazy', 'one', { percent: 10 }),
    other.setMode('idp', 'shadow', 'other', { percent: 20 }),
  ]);
  expect(turned.some(({ status }) => status === 'fulfilled')).toBe(true);
  const [mine, theirs] = [await one.find('idp'), await other.find('idp')];
  expect(mine?.migration).toEqual(theirs?.migration);
  expect([
    { mode: 'lazy', percent: 10 },
    { mode: 'shadow', percent: 20 },
  ]).toContainEqual({ mode: mine?.migration.mode, percent: mine?.migration.percent });
});

test('What shadow sees at several instances is one report, and who was copied since is no problem any more.', async () => {
  const records = stores.map((store) => createShadowRecords({ store }));
  const sighting = (id: number, problem: 'conflict' | undefined) => {
    const { target, person, fingerprint, profileDigest, clientId } = captureOf(id);
    const reason = problem && `${'A reason too long to keep. '.repeat(20)}`;
    return { target, person, fingerprint, profileDigest, clientId, problem, reason };
  };
  await Promise.all(
    records.flatMap((record) => [
      ...Array.from({ length: 6 }, (_, id) => record.record(sighting(id, id < 2 ? 'conflict' : undefined))),
      ...Array.from({ length: 5 }, (_, n) => record.tally('new', 'md5', ['any', 'non-ascii'], n > 0)),
    ]),
  );
  const [first] = records;
  expect(await first?.isKnownClean(captureOf(5))).toBe(true);
  expect(await first?.isKnownClean(captureOf(0))).toBe(false);
  expect(await first?.isKnownClean(captureOf(5, { profileDigest: 'changed' }))).toBe(false);
  expect(await first?.report('new')).toMatchObject({
    people: 6,
    problems: 2,
    groups: [{ problem: 'conflict', people: 2, reason: expect.stringMatching(/^.{190}…$/) }],
    rehashes: [
      { scheme: 'md5', trait: 'any', tried: 10, mismatched: 2 },
      { scheme: 'md5', trait: 'non-ascii', tried: 10, mismatched: 2 },
    ],
  });

  const ledger = ledgerOn(stores[0]);
  await ledger.capture(captureOf(0));
  const [claim] = await ledger.claim({ target: 'new', limit: 1, leaseMs: 60_000 });
  if (claim !== undefined) await ledger.settle(claim, { kind: 'copied', profileDigest: 'profile-0' });
  expect(await first?.report('new')).toMatchObject({ problems: 1, groups: [{ examples: [person(1)] }] });
});

test('Who is waited for goes before everybody else.', async () => {
  const ledger = ledgerOn(stores[0]);
  await ledger.capture(captureOf(10));
  await ledger.capture(captureOf(11));
  await ledger.hurry('new', person(11));
  const [claim] = await ledger.claim({ target: 'new', limit: 1, leaseMs: 60_000 });
  expect(claim?.person).toEqual(person(11));
  expect(await ledger.find('new', person(0))).toMatchObject({ state: 'copied', passwordCopied: true });
  expect(await ledger.find('new', person(11))).toMatchObject({ passwordCopied: false });
});
