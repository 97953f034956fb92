import argon2 from 'argon2';
import bcrypt from 'bcryptjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRealSetup, type RealSetup } from '../../support/real-setup.ts';

const OLD = 'the old pässword';
const NEW = 'chosen at the new place';
const WRONG = { status: 422 };

let setup: RealSetup;
beforeAll(async () => {
  setup = await createRealSetup({
    people: ['ann', 'bob', 'cleo', 'dora'].map((username) => ({ username, password: OLD })),
  });
  await setup.serve();
});
afterAll(() => setup.close());

const mode = async (...args: string[]) => {
  const { code, output } = await setup.run('client', 'mode', 'rp', ...args);
  return { code, output };
};

async function changeAtTarget(username: string, password: string): Promise<void> {
  const hash = await argon2.hash(password, { memoryCost: 7168 });
  await setup.target.admin.execute('update users set password_hash = ? where username = ?', [hash, username]);
}

test('After the switch the target decides for who was copied: its new password opens, the old one does not.', async () => {
  const { claims } = await setup.login('ann', OLD);
  await setup.untilLedger({ copied: 1 });
  const { code, output } = await mode('cutover');
  expect(code).toBe(0);
  expect(output).toContain('rp: mode cutover (target new-platform)');
  expect(output).toContain('Shadow has seen 0 of the 20 people');

  expect((await setup.login('ann', OLD)).claims.sub).toBe(claims.sub);
  await changeAtTarget('ann', NEW);
  expect(await setup.tryLogin('ann', OLD)).toMatchObject(WRONG);
  expect((await setup.login('ann', NEW)).claims.sub).toBe(claims.sub);
});

test('Who was not copied logs in with the old password and is copied at once.', async () => {
  await setup.login('bob', OLD);
  await setup.untilLedger({ copied: 2 });
  await changeAtTarget('bob', NEW);
  expect(await setup.tryLogin('bob', OLD)).toMatchObject(WRONG);
  await setup.login('bob', NEW);
});

test('A legacy password changed after the copy opens nothing, and leaves the target’s as it is.', async () => {
  const changed = bcrypt.hashSync('changed in a legacy app', 4);
  await setup.legacy.admin.execute('update be_users set password = ? where username = ?', [changed, 'bob']);
  expect(await setup.tryLogin('bob', 'changed in a legacy app')).toMatchObject(WRONG);
  await setup.login('bob', NEW);
  expect(await setup.opensAtTarget('bob', NEW)).toBe(true);
});

test('A target that cannot be asked is "try again", not a wrong password.', async () => {
  await setup.target.admin.query('rename table users to users_away');
  expect(await setup.tryLogin('ann', NEW)).toMatchObject({ status: 503 });
  await setup.target.admin.query('rename table users_away to users');
  await setup.login('ann', NEW);
});

test('An app named by acr_values has its own switch, and the client’s again when that is taken away.', async () => {
  const shop = async (username: string, password: string) =>
    (await setup.relyingParty()).login(setup.browser(), { acr_values: 'app:shop' }, username, password);
  expect(await mode('lazy', '--app', 'shop')).toEqual({
    code: 0,
    output: 'rp, app shop: mode lazy (target new-platform)\n',
  });
  await shop('ann', OLD);
  expect(await setup.tryLogin('ann', OLD)).toMatchObject(WRONG);
  expect((await setup.run('client', 'list')).result).toContain('shop: lazy');
  expect(await mode('inherit', '--app', 'shop')).toMatchObject({ code: 0 });
  await expect(shop('ann', OLD)).rejects.toThrow();
});

test('A limited switch means the named people alone, and says so.', async () => {
  const { output } = await mode('cutover', '--percent', '0', '--allow', '1001', '--otherwise', 'lazy');
  expect(output).toContain(
    'mode cutover (target new-platform), 0 % of the people, allowed: 1001, otherwise lazy',
  );
  expect(await setup.tryLogin('ann', OLD)).toMatchObject(WRONG);
  await setup.login('bob', 'changed in a legacy app');
  expect(await mode('cutover', '--percent', '101')).toMatchObject({ code: 2 });
  expect(await mode('cutover', '--until', '2020-01-01T00:00:00Z')).toMatchObject({
    code: 2,
    output: expect.stringContaining('ended at 2020-01-01'),
  });
});

test('The switch taken back gives the old password its place again, and loses no copy.', async () => {
  expect(await mode('lazy', '--percent', '100', '--allow', 'none')).toMatchObject({ code: 0 });
  await setup.login('ann', OLD);
  expect((await setup.targetRows()).map(({ username }) => username)).toEqual(['ann', 'bob']);
});

test('Shadow sends nothing, and names who would collide at the target.', async () => {
  await mode('shadow');
  await setup.target.admin.execute('update users set email = ? where username = ?', [
    'DORA@example.com',
    'ann',
  ]);
  await setup.login('cleo', OLD);
  await setup.login('dora', OLD);
  const report = async () => JSON.parse((await setup.run('client', 'shadow', 'rp', '--json')).result);
  await expect.poll(async () => (await report()).people, { timeout: 20_000 }).toBe(2);
  expect(await report()).toMatchObject({
    problems: 1,
    groups: [{ problem: 'conflict', people: 1, examples: [{ legacyId: '1004' }] }],
    rehashes: [
      { scheme: 'bcrypt', trait: 'any', tried: 2, mismatched: 0 },
      { scheme: 'bcrypt', trait: 'non-ascii', tried: 2, mismatched: 0 },
    ],
  });
  expect((await setup.targetRows()).map(({ username }) => username)).toEqual(['ann', 'bob']);
  const { result } = await setup.run('client', 'shadow', 'rp');
  expect(result).toContain('2 people seen, 1 of them could not be copied');
  expect(result).not.toContain('dora@');
});
