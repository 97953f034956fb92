import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { createSqliteDirectory } from '../../../../src/legacy/sqlite/create-sqlite-directory.ts';
import { systemClock } from '../../../../src/runtime/clock.ts';
import { createLogger } from '../../../../src/runtime/logger.ts';
import { legacyDirectoryContract } from '../../../contract/legacy-directory.ts';
import { BE_USERS, beUsersOptions, createBeUsersFile } from '../../../support/be-users.ts';

const folder = mkdtempSync(join(tmpdir(), 'footbridge-legacy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const deps = { logger: createLogger('silent'), clock: systemClock };
const openFile = (file: string, changes: Record<string, unknown> = {}) =>
  createSqliteDirectory(beUsersOptions('sqlite', `sqlite:${file}`, changes), deps);

legacyDirectoryContract('SQLite', async () => {
  const file = join(folder, 'contract.sqlite');
  createBeUsersFile(file);
  return {
    open: (changes) => openFile(file, changes),
    async run(sql) {
      const database = new Database(file);
      database.exec(sql);
      database.close();
    },
    async end() {},
  };
});

test('A missing file is unavailable, and found as soon as it is there.', async () => {
  const file = join(folder, 'later.sqlite');
  const directory = openFile(file);
  expect(await directory.find('anna')).toMatchObject({
    kind: 'unavailable',
    cause: { code: 'legacy_unavailable' },
  });
  expect(await directory.check()).toMatchObject([{ level: 'error', about: 'legacy.reachable' }]);
  createBeUsersFile(file);
  expect(await directory.find('anna')).toMatchObject({ kind: 'found' });
  await directory.close();
});

test('A file that is replaced by another is read anew.', async () => {
  const [file, dump] = [join(folder, 'live.sqlite'), join(folder, 'dump.sqlite')];
  createBeUsersFile(file);
  const directory = openFile(file);
  expect(await directory.find('bob')).toMatchObject({ kind: 'found' });
  createBeUsersFile(
    dump,
    BE_USERS.filter(({ username }) => username !== 'bob'),
  );
  renameSync(dump, file);
  expect(await directory.find('bob')).toEqual({ kind: 'none' });
  await directory.close();
});

test('A writer is waited for without holding up the process, and not for ever.', async () => {
  const file = join(folder, 'busy.sqlite');
  createBeUsersFile(file);
  const directory = openFile(file, { timeoutMs: 300 });
  const writer = new Database(file);
  writer.exec('BEGIN EXCLUSIVE');
  const waiting = directory.find('anna');
  let turns = 0;
  const counter = setInterval(() => (turns += 1), 10);
  expect(await waiting).toMatchObject({ kind: 'unavailable' });
  clearInterval(counter);
  expect(turns).toBeGreaterThan(5);
  const again = directory.find('anna');
  writer.exec('COMMIT');
  expect(await again).toMatchObject({ kind: 'found' });
  writer.close();
  await directory.close();
});

test('A file that is no database is unavailable with a sentence.', async () => {
  const directory = openFile(import.meta.filename);
  const result = await directory.find('anna');
  expect(result.kind === 'unavailable' && (result.cause as Error).message).toMatch(
    /is not an SQLite database/,
  );
});

test('Keys of every type find their row, and only theirs.', async () => {
  const file = join(folder, 'keys.sqlite');
  const database = new Database(file);
  database.exec(`CREATE TABLE t (id BLOB PRIMARY KEY, name TEXT, pw TEXT);
    INSERT INTO t VALUES (x'00ff10', 'bytes', ''), ('A-1', 'text', ''), (9223372036854775807, 'big', ''), ('a-1', 'other', '')`);
  database.close();
  const directory = openFile(file, {
    table: 't',
    login: ['name'],
    password: { column: 'pw' },
    profile: { nickname: 'name' },
    updatedAt: undefined,
  });
  for (const [name, id] of Object.entries({
    bytes: '00ff10',
    text: 'A-1',
    big: '9223372036854775807',
    other: 'a-1',
  })) {
    const found = await directory.find(name);
    expect(found).toMatchObject({ kind: 'found', user: { id } });
    expect(found.kind === 'found' && (await directory.findById(found.user.id))?.profile.nickname).toBe(name);
  }
  await directory.close();
});
