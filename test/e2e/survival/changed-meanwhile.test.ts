import { expect, test } from 'vitest';
import { createRealSetup, type RealPerson } from '../../support/real-setup.ts';
import { until } from '../../support/until.ts';

const PEOPLE: readonly RealPerson[] = ['anna', 'bob', 'carla', 'dora'].map((username) => ({
  username,
  password: `The old password of ${username}`,
}));

test('A row that is deleted or renamed between login and copy is gone, or copied as it is now; a password chosen at the target stays.', async ({
  onTestFinished,
}) => {
  const setup = await createRealSetup({ people: PEOPLE });
  onTestFinished(setup.close);
  const { login, legacy, target, untilLedger, targetRows, opensAtTarget } = setup;
  const server = await setup.serve({ args: ['--no-worker'] });
  for (const { username } of PEOPLE) await login(username);
  await untilLedger({ captured: 4 });
  await legacy.admin.query("delete from be_users where username = 'anna'");
  await legacy.admin.query("update be_users set first_name = 'Roberta' where username = 'bob'");
  await server.stop();

  await setup.serve();
  await untilLedger({ copied: 3, gone: 1 });
  const rows = await targetRows();
  expect(rows.map(({ username }) => username).sort()).toEqual(['bob', 'carla', 'dora']);
  expect(rows.find(({ username }) => username === 'bob')?.first_name).toBe('Roberta');

  const chosen = rows.find(({ username }) => username === 'dora')?.password_hash;
  await target.admin.query('update users set password_hash = ? where username = ?', [chosen, 'carla']);
  await legacy.admin.query("update be_users set first_name = 'Carlotta' where username = 'carla'");
  await login('carla');
  await until('the new name has arrived', async () =>
    (await targetRows()).some(({ first_name }) => first_name === 'Carlotta'),
  );
  expect(await opensAtTarget('carla', 'The old password of dora'), 'the choice at the target').toBe(true);
}, 120_000);
