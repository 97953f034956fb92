import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DecommissionReport } from '../../../src/report/report.ts';
import { createRealSetup, type RealPerson, type RealSetup } from '../../support/real-setup.ts';

const PEOPLE: readonly RealPerson[] = ['anna', 'bob', 'carla'].map((username) => ({
  username,
  password: `The old password of ${username}`,
}));

let setup: RealSetup;
let file: string;
beforeAll(async () => {
  setup = await createRealSetup({ people: PEOPLE });
  file = join(setup.folder, 'report.json');
  await setup.serve();
  await setup.login('anna');
  await setup.untilLedger({ copied: 1 });
});
afterAll(() => setup.close());

const make = (...more: string[]) =>
  setup.run('report', '--target', 'new-platform', '--out', file, '--json', ...more);

test('The report says who is across and who is not, and names nobody.', async () => {
  const { code, result } = await make();
  expect(code).toBe(0);
  expect(JSON.parse(result)).toMatchObject({ verdict: 'not-ready', people: 3, across: 1 });
  const text = readFileSync(file, 'utf8');
  const report = JSON.parse(text) as DecommissionReport;
  expect(report.groups).toMatchObject([
    { standing: 'across', scheme: 'bcrypt', lastLogin: '30 days', people: 1 },
    { standing: 'never-seen', scheme: 'bcrypt', lastLogin: 'never', people: 2 },
  ]);
  expect(report.clients).toMatchObject([{ client_id: 'rp', needsLegacy: true }]);
  expect(readFileSync(`${file}.md`, 'utf8')).toContain('**No.** 1 of 3 people are across (33 %).');
  for (const { username } of PEOPLE) expect(text).not.toContain(username);
});

test('Its signature holds by the bridge’s own keys and by the published ones, until a byte is changed.', async () => {
  await make();
  const jwks = `${setup.issuer}/jwks`;
  expect(await setup.run('report', '--verify', file)).toMatchObject({ code: 0 });
  expect(await setup.run('report', '--verify', file, '--jwks', jwks)).toMatchObject({ code: 0 });
  writeFileSync(file, readFileSync(file, 'utf8').replace('"across": 1', '"across": 3'));
  expect(await setup.run('report', '--verify', file)).toMatchObject({
    code: 1,
    output: expect.stringContaining('NOT what was signed'),
  });
  expect(await setup.run('report', '--verify', file, '--jwks', jwks)).toMatchObject({ code: 1 });
});

test('A target that is not there is named with those that are.', async () => {
  expect(await setup.run('report', '--target', 'moon')).toMatchObject({
    code: 2,
    output: expect.stringContaining('There is no target "moon"; targets: new-platform'),
  });
});

test('Status tells what is known, and no forecast from a single day.', async () => {
  const { result } = await setup.run('status');
  expect(result).toMatch(/rp +new-platform +copied +1/);
  expect(result).toMatch(/new-platform +bcrypt +1 +1/);
  expect(result).toContain(
    'No forecast. A forecast needs 14 whole days and 100 newcomers; there are 0 and 0.',
  );
  expect(result).toContain('Active (logged in within 30 days): 1, of whom 1 are across (100 %).');
});
