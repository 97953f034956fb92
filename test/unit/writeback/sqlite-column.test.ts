import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { createSqliteColumn } from '../../../src/writeback/sqlite/create-sqlite-column.ts';
import { behavesAsPasswordColumn, PEOPLE } from '../../contract/password-column.ts';

const folder = mkdtempSync(join(tmpdir(), 'footbridge-write-back-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const PLACE = { directory: 'legacy', table: 'people', id: 'id', column: 'pass', salt: 'salt' };

function openFile(idType = 'integer primary key') {
  files += 1;
  const path = join(folder, `${files}.sqlite`);
  const database = new Database(path);
  database.exec(`create table people (id ${idType}, pass text collate nocase, salt text)`);
  return { path, database, column: createSqliteColumn(PLACE, { path, timeoutMs: 1_000 }) };
}

behavesAsPasswordColumn(async () => {
  const { database, column } = openFile();
  for (const person of PEOPLE) database.prepare('insert into people values (?, ?, ?)').run(...person);
  return {
    column,
    rows: async () => {
      const rows = database.prepare('select * from people').raw().all() as [number, string, string][];
      return Object.fromEntries(rows.map(([id, pass, salt]) => [id, [pass, salt] as const]));
    },
    shout: async () => {
      database.exec(
        'create trigger shout after update on people begin update people set pass = upper(pass) where id = new.id; end',
      );
    },
  };
});

test('Keys of bytes are named in hexadecimal, as the directory does.', async () => {
  const { database, column } = openFile('blob primary key');
  database.prepare("insert into people values (x'00ff', 'old', 'salt')").run();
  const change = { id: '00ff', before: 'old', encoded: 'new', salt: undefined };
  expect(await column.replace(change)).toBe('replaced');
});

test('A file that is missing, or locked for too long, is an outage.', async () => {
  const change = { id: '7', before: 'old', encoded: 'new', salt: undefined };
  const missing = createSqliteColumn(PLACE, { path: join(folder, 'missing'), timeoutMs: 100 });
  await expect(missing.replace(change)).rejects.toMatchObject({ code: 'legacy_unavailable' });
  expect(await missing.check()).toMatchObject([{ level: 'error' }]);
  const { database, path } = openFile();
  database.exec('begin exclusive');
  const locked = createSqliteColumn(PLACE, { path, timeoutMs: 50 });
  await expect(locked.replace(change)).rejects.toMatchObject({ code: 'legacy_unavailable' });
  database.exec('commit');
});
