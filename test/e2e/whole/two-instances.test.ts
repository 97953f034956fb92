import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { serveFootbridge } from '../../support/bridge-process.ts';
import { createBrowser, fetchVia } from '../../support/browser.ts';
import { freePort } from '../../support/database-server.ts';
import { createRealSetup } from '../../support/real-setup.ts';
import { relyingParty } from '../../support/relying-party.ts';

const PEOPLE = ['anna', 'bob', 'carla'].map((username) => ({
  username,
  password: `The old password of ${username}`,
}));

test('A switch counts at every running instance from the next login on, wherever it was turned.', async ({
  onTestFinished,
}) => {
  const setup = await createRealSetup({ people: PEOPLE, store: 'mysql', mode: 'off' });
  onTestFinished(setup.close);
  await setup.serve({ args: ['--no-worker'] });

  // The same configuration at another port: both are the issuer, as behind a load balancer.
  const port = await freePort();
  const config = JSON.parse(readFileSync(setup.configFile, 'utf8'));
  const configFile = join(setup.folder, 'other.yaml');
  writeFileSync(configFile, JSON.stringify({ ...config, server: { ...config.server, port } }));
  const { origin } = new URL(setup.issuer);
  const other = await serveFootbridge(configFile, `http://127.0.0.1:${port}`, {
    args: ['--no-worker'],
    env: setup.env,
  });
  onTestFinished(async () => void (await other.stop()));
  const hosts = { [origin]: port };
  const party = await relyingParty({ issuer: setup.issuer, fetch: fetchVia(hosts) });
  const loginAtOther = (who: string) =>
    party.login(
      createBrowser(hosts, (url) => url.origin !== origin),
      {},
      who,
      `The old password of ${who}`,
    );
  const turn = async (mode: string) => {
    const { code, output } = await setup.run('client', 'mode', 'rp', mode);
    expect(code, output).toBe(0);
    return performance.now();
  };

  const { claims } = await loginAtOther('anna');
  expect((await setup.login('anna')).claims.sub, 'both are one bridge').toBe(claims.sub);
  expect((await setup.status()).ledger, 'off captures nothing').toEqual([]);

  const turned = await turn('lazy');
  await loginAtOther('bob');
  expect(performance.now() - turned, 'the login itself took no longer').toBeLessThan(2_000);
  await setup.untilLedger({ captured: 1 });

  await turn('off');
  await loginAtOther('carla');
  await setup.login('carla');
  expect(other.output(), 'the logins did go to the other one').toMatch(/interaction/);
  expect((await setup.status()).ledger).toMatchObject([{ state: 'captured', count: 1 }]);
});
