import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { faultsOf, readExport, rowsOf, tableOf } from './read.ts';

const csv = (text: string | Buffer, options = {}) =>
  readExport(text, { format: 'csv', tableName: 'users', ...options });
const ndjson = (text: string | Buffer, options = {}) =>
  readExport(text, { format: 'ndjson', tableName: 'users', ...options });

test.each([',', ';', '\t', '|'])(
  'CSV parted by "%s" is read, with quotes, CRLF and a byte order mark.',
  async (d) => {
    const lines = [
      `id${d}"na""me${d}x"${d}zip`,
      `1${d}"a${d}b"${d}00420`,
      `2${d}"two\r\nlines"${d}`,
      '',
      `3${d}"""q"""${d}NULL`,
    ];
    for (const chunk of [1, 7, 1000]) {
      const events = await csv(`\ufeff${lines.join('\r\n')}\r\n`, { chunk });
      expect(faultsOf(events)).toEqual([]);
      expect(tableOf(events)?.columns.map(({ name, kind }) => [name, kind])).toEqual([
        ['id', 'text'],
        [`na"me${d}x`, 'text'],
        ['zip', 'text'],
      ]);
      expect(rowsOf(events)).toEqual([
        ['1', `a${d}b`, '00420'],
        ['2', 'two\r\nlines', ''],
        ['3', '"q"', null],
      ]);
    }
  },
);

test('The words that mean NULL can be named.', async () => {
  expect(rowsOf(await csv('a,b,c\n\\N,NULL,\n'))).toEqual([[null, null, '']]);
  expect(rowsOf(await csv('a,b,c\n\\N,NULL,\n', { nullWords: [''] }))).toEqual([['\\N', 'NULL', null]]);
});

test('A line of another width or in another charset is reported with its number.', async () => {
  const events = await csv(Buffer.from('id,name\n1,a\n2\n3,b,c\n4,Jos\xe9\n5,e\n', 'latin1'));
  expect(rowsOf(events).map(([id]) => id)).toEqual(['1', '5']);
  expect(faultsOf(events)).toMatchObject([
    { line: 3, raw: expect.stringMatching(/^2/) },
    { line: 4, raw: expect.stringMatching(/^3,b,c/) },
    { line: 5, reason: expect.stringContaining('name') },
  ]);
  expect(rowsOf(await csv(Buffer.from('name\nJos\xe9 \x80\n', 'latin1'), { charset: 'latin1' }))).toEqual([
    ['José €'],
  ]);
});

test('A quote in the middle of a value is part of it; one that never ends is an error.', async () => {
  const events = await csv('id,name\n1,"a"b\n2,6" nail\n');
  expect(rowsOf(events)).toEqual([
    ['1', '"a"b'],
    ['2', '6" nail'],
  ]);
  await expect(csv('id,name\n1,"a\n2,c\n')).rejects.toMatchObject({ code: 'invalid_request' });
});

test('Columns without a name, or with one that is taken, get one.', async () => {
  expect(tableOf(await csv('email,Email,,email\n'))?.columns.map(({ name }) => name)).toEqual([
    'email',
    'Email_2',
    'column_3',
    'email_3',
  ]);
});

test('A spreadsheet’s UTF-16 is read.', async () => {
  expect(rowsOf(await csv(Buffer.from('\ufeffid\tname\n1\tZoë\n', 'utf16le'), { chunk: 5 }))).toEqual([
    ['1', 'Zoë'],
  ]);
});

test('NDJSON is read as it is written: digits, nested values, members that come later.', async () => {
  const lines = [
    '{"id": 12345678901234567890, "name": "Zoë", "rate": 1.50}',
    '',
    '{"id": 2, "active": true, "tags": ["a", 1.0], "name": null}\r',
    'no json',
    '[1]',
    '{"NAME": 1}',
    '{"id": 3}',
  ];
  const whole = await ndjson(lines.join('\n'));
  expect(tableOf(whole)?.columns.map(({ name }) => name)).toEqual(['id', 'name', 'rate', 'active', 'tags']);
  expect(rowsOf(whole)).toEqual([
    ['12345678901234567890', 'Zoë', '1.50'],
    ['2', null, null, 'true', '["a",1.0]'],
    ['3', null, null, null, null],
  ]);
  expect(faultsOf(whole).map(({ line }) => line)).toEqual([4, 5, 6]);
  for (const chunk of [1, 3])
    expect(rowsOf(await ndjson(lines.join('\n'), { chunk }))).toEqual(rowsOf(whole));
});

test('A JSON array is refused with what to do.', async () => {
  await expect(ndjson('[{"id": 1}]')).rejects.toThrow(/jq -c/);
});

test('What a stream holds is seen by its first bytes, gzip or not.', async () => {
  const contents = {
    sql: '-- dump\nCREATE TABLE users (id int);\nINSERT INTO users VALUES (1);\n',
    csv: 'id\n1\n',
    ndjson: '{"id":"1"}\n',
  };
  for (const content of Object.values(contents)) {
    for (const bytes of [Buffer.from(content), gzipSync(content)]) {
      for (const chunk of [64, 1000]) {
        expect(
          rowsOf(await readExport(bytes, { chunk }))
            .flat()
            .map(String),
        ).toEqual(['1']);
      }
    }
  }
});

test('A gzip file that was cut is an error, not a shorter table.', async () => {
  const packed = gzipSync(`id\n${Array.from({ length: 5000 }, (_, id) => `${id * 7919}\n`).join('')}`);
  await expect(csv(packed.subarray(0, packed.length / 2))).rejects.toThrow(/gzip file is damaged/);
});
