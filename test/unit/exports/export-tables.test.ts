import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { MOST_ROWS_WHERE } from '../../../src/domain/table-source.ts';
import { createExportTables } from '../../../src/exports/create-export-tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'footbridge-export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('Rows of an export are looked up by the text of a column, wherever they stand, a few at the most.', async () => {
  const file = join(folder, 'people.csv');
  const many = Array.from({ length: 50 }, (_, index) => `${index},member,x`);
  writeFileSync(file, `id,name,pw\n${[...many, '77,José,y'].join('\n')}\n`);
  const source = createExportTables(file);
  const [people] = (await source.tables()).map(({ definition }) => definition);
  if (people === undefined) throw new Error('There is one table.');
  expect(await source.rowsWhere(people, 'name', 'JOSÉ')).toEqual([
    new Map([
      ['id', '77'],
      ['name', 'José'],
      ['pw', 'y'],
    ]),
  ]);
  expect(await source.rowsWhere(people, 'id', '77')).toHaveLength(1);
  expect(await source.rowsWhere(people, 'name', 'member')).toHaveLength(MOST_ROWS_WHERE);
  expect(await source.rowsWhere(people, 'nick', 'member')).toEqual([]);
});
