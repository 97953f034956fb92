import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { MOST_ROWS_WHERE } from '../../../../src/domain/table-source.ts';
import { createSqliteTables } from '../../../../src/legacy/sqlite/create-sqlite-tables.ts';
import { systemClock } from '../../../../src/runtime/clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'footbridge-tables-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('Rows are looked up by the text of a column, whatever its case and type, a few at the most.', async () => {
  const file = join(folder, 'people.sqlite');
  const database = new Database(file);
  database.exec('CREATE TABLE people (id INTEGER PRIMARY KEY, "Na""me", team TEXT)');
  const insert = database.prepare('INSERT INTO people ("Na""me", team) VALUES (?, ?)');
  insert.run('José', null);
  insert.run(Buffer.from('bytes'), 'one');
  for (let member = 0; member < 20; member += 1) insert.run(`member${member}`, 'many');
  database.close();

  const source = createSqliteTables(`sqlite:${file}`, { clock: systemClock });
  const [people] = (await source.tables()).map(({ definition }) => definition);
  if (people === undefined) throw new Error('There is one table.');
  const idsOf = async (column: string, text: string) =>
    (await source.rowsWhere(people, column, text)).map((row) => row.get('id'));
  expect(await idsOf('na"me', 'JOSÉ')).toEqual(['1']);
  expect(await idsOf('Na"me', 'bytes')).toEqual(['2']);
  expect(await idsOf('id', '2')).toEqual(['2']);
  expect(await idsOf('id', '2 OR 1=1')).toEqual([]);
  expect(await idsOf('team', "' OR ''='")).toEqual([]);
  expect(await idsOf('team', 'many')).toHaveLength(MOST_ROWS_WHERE);
  await expect(idsOf('nick', 'a')).rejects.toThrow('The table people has no column nick that may be read.');
  await source.close();
});
