import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import bcrypt from 'bcryptjs';
import { afterAll, expect, test } from 'vitest';
import type { LoadSummary } from '../../../src/exports/load.ts';
import { createSqliteDirectory } from '../../../src/legacy/sqlite/create-sqlite-directory.ts';
import { createPasswords } from '../../../src/passwords/create-passwords.ts';
import { passwordsOptions } from '../../../src/passwords/options.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { systemRandom } from '../../../src/runtime/random.ts';
import { beUsersOptions } from '../../support/be-users.ts';
import { runFootbridge, spawnFootbridge } from '../../support/bridge-process.ts';
import { until } from '../../support/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'footbridge-served-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SAMPLE = readFileSync(resolve(import.meta.dirname, '../../unit/exports/be_users.sql'), 'utf8');

test('A loaded sample is served: a person is found, and the password verified.', async () => {
  const dump = join(folder, 'be_users.sql');
  const cut = '$2y$10$fKm6UoynjcE3cDoM5oVm3.WHXWTIv5hhyohExw2t83pOGqCUXU';
  const row = SAMPLE.slice(SAMPLE.indexOf('(28774'), SAMPLE.indexOf(';\n\nALTER'));
  const whole = row
    .replace('28774', '28775')
    .replaceAll('testuser-bal', 'anna')
    .replace(cut, bcrypt.hashSync('secret', 4));
  writeFileSync(dump, SAMPLE.replace(row, `${row},\n${whole}`));
  const file = join(folder, 'legacy.sqlite');

  const { code, result, output } = await runFootbridge(['load', dump, '--into', file, '--json']);
  expect({ code, summary: JSON.parse(result) as LoadSummary }).toMatchObject({
    code: 0,
    summary: { tables: [{ table: 'be_users', read: 2, loaded: 2, rejected: 0 }], rejected: 0 },
  });
  expect(output).toContain('Loading');

  const logger = createLogger('silent');
  const directory = createSqliteDirectory(beUsersOptions('sqlite', `sqlite:${file}`), {
    logger,
    clock: systemClock,
  });
  const passwords = createPasswords(passwordsOptions.parse({ threads: 1 }), logger, systemRandom);
  try {
    expect((await directory.check()).filter(({ level }) => level === 'error')).toEqual([]);
    for (const [login, kind] of [
      ['anna', 'match'],
      ['anna@example.com', 'match'],
      ['testuser-bal', 'unknown-scheme'],
    ] as const) {
      const found = await directory.find(login);
      if (found.kind !== 'found') throw new Error(`${login} is ${found.kind}.`);
      expect(await passwords.verify(found.user.credential, Buffer.from('secret')), login).toMatchObject({
        kind,
      });
    }
  } finally {
    await passwords.close();
    await directory.close();
  }
});

test('The command says per table what came of it, and ends with 1 when a row was rejected.', async () => {
  const csv = join(folder, 'people.csv');
  writeFileSync(csv, 'id;code\n1;007\n2\n');
  const file = join(folder, 'people.sqlite');
  const { code, result } = await runFootbridge(['load', csv, '--into', file]);
  expect(code).toBe(1);
  expect(result).toMatch(/people\s+2\s+1\s+1/);
  expect(result).toContain(`${file}.rejects.ndjson`);
  expect((await runFootbridge(['load', csv, '--into', file])).output).toContain('--replace');
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  'A load that is ended by %s in the middle leaves nothing.',
  async (signal) => {
    const place = mkdtempSync(join(folder, 'stopped-'));
    const file = join(place, 'legacy.sqlite');
    // A dump of 160 MB: the load is surely in its middle.
    const dump = join(place, 'dump.sql');
    writeFileSync(dump, large());
    const load = spawnFootbridge(['load', dump, '--into', file]);
    await until('the load has begun', async () => readdirSync(place).includes('legacy.sqlite.loading'));
    load.child.kill(signal);
    expect(await load.ended).toBe(2);
    expect(readdirSync(place)).toEqual(['dump.sql']);
    expect(load.output()).toContain('nothing of it was kept');
  },
);

function large(): string {
  const rows = Array.from({ length: 1000 }, (_, id) => `(${id},'${'x'.repeat(100)}')`).join(',');
  return `CREATE TABLE users (id int, name varchar(200));\n${`INSERT INTO users VALUES ${rows};\n`.repeat(1500)}`;
}
