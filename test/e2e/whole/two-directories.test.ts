import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bcrypt from 'bcryptjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBeUsersFile } from '../../support/be-users.ts';
import { createRealSetup, type RealSetup } from '../../support/real-setup.ts';

const WRONG = { status: 422 };
const folder = mkdtempSync(join(tmpdir(), 'footbridge-staff-'));
const table = {
  table: 'be_users',
  id: 'id',
  login: ['username'],
  password: { column: 'password' },
  profile: { preferred_username: 'username', email: 'email', email_verified: false },
};

let setup: RealSetup;
beforeAll(async () => {
  const file = join(folder, 'staff.sqlite');
  const employee = (id: number, username: string, password: string) => ({
    id,
    username,
    email: `${username}@staff.example.com`,
    password: bcrypt.hashSync(password, 4),
  });
  // The same keys as the customers have, and a namesake.
  createBeUsersFile(file, [employee(1001, 'anna', 'of the employee'), employee(1002, 'otto', 'of otto')]);
  setup = await createRealSetup({
    people: [{ username: 'anna', password: 'of the customer' }],
    config: {
      legacy: [
        { name: 'customers', kind: 'mysql', url: '${LEGACY_DATABASE_URL}', ...table },
        { name: 'staff', kind: 'sqlite', url: `sqlite:${file}`, ...table },
      ],
    },
  });
  await setup.serve();
});
afterAll(async () => {
  await setup?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('People of either directory log in and are copied; a namesake further on is not let in.', async () => {
  await setup.login('anna');
  expect(await setup.tryLogin('anna', 'of the employee')).toMatchObject(WRONG);
  await setup.login('otto', 'of otto');
  await setup.untilLedger({ copied: 2 });
  expect((await setup.targetRows()).map(({ email }) => email).toSorted()).toEqual([
    'anna@example.com',
    'otto@staff.example.com',
  ]);
});

test('While the first directory is out, nobody of the second is let in in its place.', async () => {
  await setup.legacy.admin.query('rename table be_users to be_users_gone');
  expect(await setup.tryLogin('anna', 'of the employee')).toMatchObject({ status: 503 });
  await setup.legacy.admin.query('rename table be_users_gone to be_users');
  await setup.login('anna');
});
