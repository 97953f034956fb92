import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RehearsalReport } from '../../../src/compose/rehearsal.ts';
import type { RehearsalStep } from '../../../src/login/rehearsal.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStoreToRead } from '../../../src/store/open-store.ts';
import { runFootbridge } from '../../support/bridge-process.ts';
import { freePort } from '../../support/database-server.ts';
import { createRealSetup, type RealSetup } from '../../support/real-setup.ts';

const DAMAGED = '$2y$10$fKm6UoynjcE3cDoM5oVm3.WHXWTIv5hhyohExw2t83pOGqCUXU';
const PASSWORD = 'canary-password';
const PEOPLE = [
  { username: 'anna', password: PASSWORD, first_name: 'Anna' },
  { username: 'dora', password: PASSWORD, is_logged: 1 },
  { username: 'testuser-bal', password: PASSWORD, encoded: DAMAGED },
];
const LEGACY = {
  kind: 'mysql',
  url: '${LEGACY_DATABASE_URL}',
  table: 'be_users',
  id: 'id',
  login: ['username', 'email'],
  match: 'case-insensitive',
  password: { column: 'password' },
  status: { column: 'is_logged', disabled: ['1'] },
  profile: { preferred_username: 'username', email: 'email', given_name: 'first_name' },
  timeoutMs: 2_000,
};

describe.each(['sqlite', 'mysql'] as const)('footbridge try, with a store in %s,', (store) => {
  let setup: RealSetup;
  beforeAll(async () => {
    setup = await createRealSetup({ people: PEOPLE, store, config: { legacy: LEGACY } });
  });
  afterAll(() => setup.close());

  const run = (args: readonly string[], password = '', env: Record<string, string> = {}) =>
    runFootbridge(['--config', setup.configFile, 'try', ...args], { ...setup.env, ...env }, `${password}\n`);

  async function report(login: string, password: string, env: Record<string, string> = {}) {
    const { code, result, output } = await run([login, '--json'], password, env);
    for (const secret of [PASSWORD, DAMAGED, '$2', '$argon2']) expect(result).not.toContain(secret);
    if (result === '') throw new Error(`"footbridge try" ended with ${code}:\n${output}`);
    return { code, ...(JSON.parse(result) as RehearsalReport) };
  }

  test('explains before the first start, and makes no store and no table.', async () => {
    const before = await tablesOf(setup);
    const told = await report('anna', PASSWORD);
    expect(told).toMatchObject({ code: 0, wouldLogIn: true });
    expect(told.records).not.toBe('current');
    expect(stepOf(told, 'client')).toMatchObject({
      clientId: 'rp',
      registered: false,
      bucket: null,
      ledger: null,
      capture: { kind: 'credential', rehash: { memoryKiB: 19_456, iterations: 2, parallelism: 1 } },
    });
    expect(await tablesOf(setup)).toEqual(before);
    expect(existsSync(join(setup.folder, 'footbridge.sqlite'))).toBe(false);
  });

  test('says of each person what a login then does, and changes nothing that is stored.', async () => {
    const foreseen = await report('Anna@Example.com', PASSWORD);
    const bridge = await setup.serve();
    const { claims } = await setup.login('anna');
    await setup.untilLedger({ copied: 1 });
    await bridge.stop();
    expect(stepOf(foreseen, 'claims')).toMatchObject({ subject: claims.sub, loggedInBefore: false });
    const { capture } = stepOf(foreseen, 'client') ?? {};
    const fields = capture !== undefined && 'fields' in capture ? capture.fields : [];
    const [row] = await setup.targetRows();
    for (const { name, value } of fields) {
      if (value !== undefined) expect(row).toMatchObject({ [name]: value });
    }
    expect(fields.filter(({ value }) => value === undefined).map(({ name }) => name)).toEqual([
      'password_hash',
    ]);

    const before = await tablesOf(setup);
    const known = await report('anna', PASSWORD);
    expect(known).toMatchObject({ code: 0, records: 'current' });
    expect(stepOf(known, 'claims')).toMatchObject({ subject: claims.sub, loggedInBefore: true });
    expect(stepOf(known, 'client')).toMatchObject({
      registered: true,
      bucket: expect.any(Number),
      ledger: { state: 'copied' },
      capture: { kind: 'unchanged' },
    });
    const wrong = await report('anna', 'wrong');
    expect(wrong).toMatchObject({ code: 1, wouldLogIn: false });
    expect(stepOf(wrong, 'verdict')).toMatchObject({ verdict: { kind: 'mismatch', scheme: 'bcrypt' } });
    const disabled = await report('dora', PASSWORD);
    expect(disabled.code).toBe(1);
    expect(stepOf(disabled, 'status')).toMatchObject({ status: 'disabled' });
    const damaged = await report('testuser-bal', PASSWORD);
    expect(damaged.code).toBe(1);
    expect(stepOf(damaged, 'scheme')?.identity).toMatchObject({
      kind: 'damaged',
      why: expect.stringContaining('57 of 60 characters'),
    });
    const nobody = await report('nobody', PASSWORD);
    expect(nobody.code).toBe(1);
    expect(stepOf(nobody, 'look-up')).toMatchObject({ answer: 'none' });
    expect(await tablesOf(setup)).toEqual(before);
    expect(await setup.targetWrites()).toHaveLength(1);
  });

  test('calls an outage an outage.', async () => {
    const url = `mysql://somebody:canary-password@127.0.0.1:${await freePort()}/db`;
    const told = await report('anna', PASSWORD, { LEGACY_DATABASE_URL: url });
    expect(told.code).toBe(1);
    expect(stepOf(told, 'look-up')).toMatchObject({
      answer: 'unavailable',
      directory: 'legacy',
      why: expect.any(String),
    });
  });

  test('tells it in sentences, without a password as well, and at one client alone.', async () => {
    const { code, result } = await run(['anna', '--no-password', '--client', 'rp']);
    expect(code).toBe(0);
    expect(result).toMatch(/legacy id "1001": username matches/);
    expect(result).toMatch(/bcrypt \(cost 4\); weak/);
    expect(result).toMatch(/given_name: "Anna"/);
    expect(result).toMatch(/Client rp\n/);
    expect(result).toMatch(/"anna" would log in with the right password\. Nothing was written\.\n$/);
    const unknown = await run(['anna', '--no-password', '--client', 'nobody']);
    expect(unknown).toMatchObject({ code: 2, output: expect.stringContaining('clients: rp') });
  });
});

function stepOf<Name extends RehearsalStep['step']>({ steps }: RehearsalReport, name: Name) {
  return steps.find((step): step is Extract<RehearsalStep, { step: Name }> => step.step === name);
}

/** All that the bridge keeps; undefined while there is no store. */
async function tablesOf({ env }: RealSetup): Promise<unknown> {
  const url = env.STORE_URL ?? '';
  if (url.startsWith('sqlite:') && !existsSync(url.slice('sqlite:'.length))) return undefined;
  const store = openStoreToRead(new Secret(url), systemClock);
  try {
    const tables = await store.db.introspection.getTables();
    return await Promise.all(
      tables.map(async ({ name }) => {
        const { rows } = await sql`select * from ${sql.table(name)}`.execute(store.db);
        return { name, rows };
      }),
    );
  } finally {
    await store.close();
  }
}
