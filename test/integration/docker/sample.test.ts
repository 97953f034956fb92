import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Connection, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { checkDeployment } from '../../../src/compose/check.ts';
import { openOffice } from '../../../src/compose/office.ts';
import type { World } from '../../../src/compose/world.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { Config } from '../../../src/config/schema.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { noFaults } from '../../../src/runtime/fault-points.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { systemRandom } from '../../../src/runtime/random.ts';

/** What docker-compose.yml gives MySQL at its first start, under names of this test's own. */
const root = resolve(import.meta.dirname, '../../..');
const mark = randomBytes(4).toString('hex');
const NAMES = ['legacy', 'footbridge', 'new_platform'] as const;
const ACCOUNTS = ['footbridge_reader', 'footbridge_writer', 'footbridge'] as const;
const own = (name: string) => `${name}_${mark}`;

let admin: Connection;
let config: Config;
const world: World = {
  clock: systemClock,
  random: systemRandom,
  logger: createLogger('silent'),
  faults: noFaults,
};

beforeAll(async () => {
  const { adminUrl } = inject('databaseServer');
  admin = await createConnection({ uri: adminUrl, multipleStatements: true });
  for (const file of ['docker/legacy.sql', 'docker/databases.sql']) {
    const sql = readFileSync(resolve(root, file), 'utf8')
      .replaceAll(/\b(legacy|footbridge|new_platform)(?=\.|\s+CHARACTER)/g, own)
      .replaceAll(/'(footbridge\w*)'(?=@)/g, (_, account: string) => `'${own(account)}'`);
    await admin.query(sql);
  }
  const url = (account: string, password: string, database: string) =>
    Object.assign(new URL(adminUrl), {
      username: own(account),
      password,
      pathname: `/${own(database)}`,
    }).href;
  config = loadConfig(resolve(root, 'config/docker-compose.yaml'), {
    FOOTBRIDGE_SECRET_KEY: randomBytes(32).toString('base64'),
    IDP_CLIENT_SECRET: randomBytes(24).toString('hex'),
    STORE_URL: url('footbridge', 'footbridge-sample', 'footbridge'),
    LEGACY_DATABASE_URL: url('footbridge_reader', 'reader-sample', 'legacy'),
    TARGET_DATABASE_URL: url('footbridge_writer', 'writer-sample', 'new_platform'),
  });
});

afterAll(async () => {
  for (const name of NAMES) await admin.query(`drop database if exists ${own(name)}`);
  for (const account of ACCOUNTS) await admin.query(`drop user if exists '${own(account)}'@'%'`);
  await admin.end();
});

test('The sample databases and the sample configuration fit each other: everything is ok.', async () => {
  const office = await openOffice(config, world);
  expect(await office.clients.list()).toMatchObject([
    { migration: { mode: 'lazy', target: 'new-platform' } },
  ]);
  await office.close();
  const results = await checkDeployment(config, world);
  // Nobody serves at the issuer during this test.
  expect(results.filter(({ level, about }) => level !== 'ok' && about !== 'issuer')).toEqual([]);
});
