import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { postgresDialect } from '../../../src/compose/write-back.ts';
import { parseAddress } from '../../../src/legacy/postgres/address.ts';
import type { PasswordColumn } from '../../../src/writeback/password-column.ts';
import { createPostgresColumn } from '../../../src/writeback/postgres/create-postgres-column.ts';
import { behavesAsPasswordColumn, PEOPLE } from '../../contract/password-column.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';

let server: PostgresServer;
let url: string;
let user: string;
const columns: PasswordColumn[] = [];

beforeAll(async () => {
  server = await startPostgres();
  url = await server.accountWith('SELECT');
  user = `"${new URL(url).username}"`;
});
afterEach(async () => {
  await Promise.all(columns.splice(0).map((column) => column.close()));
  await server.run('drop table if exists people');
});
afterAll(() => server?.stop());

async function open() {
  await server.run('create table people (id bigint primary key, pass varchar(20), salt char(6))');
  for (const person of PEOPLE) await server.run('insert into people values ($1, $2, $3)', [...person]);
  await server.run(`grant select (id, pass, salt), update (pass, salt) on people to ${user}`);
  const column = createPostgresColumn(
    { directory: 'legacy', table: 'people', id: 'id', column: 'pass', salt: 'salt' },
    { address: parseAddress(url), timeoutMs: 2_000 },
    postgresDialect,
  );
  columns.push(column);
  return column;
}

behavesAsPasswordColumn(async () => ({
  column: await open(),
  rows: async () => {
    const { rows } = await server.admin.query('select id::text, pass, trim(salt) as salt from people');
    return Object.fromEntries(rows.map(({ id, pass, salt }) => [id, [pass, salt] as const]));
  },
  shout: async () => {
    await server.run(`
      create or replace function shout() returns trigger language plpgsql as
        $$ begin new.pass = upper(new.pass); return new; end $$`);
    await server.run('create trigger shout before update on people for each row execute function shout()');
  },
}));

const CHANGE = { id: '7', before: 'old Hash', encoded: 'new Hash', salt: undefined };

test('A column that is too narrow refuses; an account without the right is an outage, and the check says why.', async () => {
  const column = await open();
  expect(await column.replace({ ...CHANGE, encoded: 'x'.repeat(21) })).toBe('does-not-fit');
  expect(await column.check()).toMatchObject([{ level: 'ok' }]);
  await server.run(`grant insert on people to ${user}`);
  expect(await column.check()).toMatchObject([
    { level: 'warning', found: expect.stringContaining('public.people') },
  ]);
  await server.run(`revoke insert on people from ${user}; revoke update (pass) on people from ${user}`);
  expect(await column.check()).toMatchObject([
    {
      level: 'error',
      found: expect.stringContaining('may not write pass'),
      remedy: expect.stringContaining('UPDATE ("pass", "salt") ON "public"."people"'),
    },
  ]);
  await expect(column.replace(CHANGE)).rejects.toMatchObject({
    code: 'legacy_unavailable',
    message: expect.stringContaining('writeBack.legacy.url'),
  });
});
