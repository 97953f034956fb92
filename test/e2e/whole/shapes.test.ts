import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as oidc from 'openid-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBrowser, fetchVia } from '../../support/browser.ts';
import { footbridge, serve } from '../../support/command-line.ts';
import { freePort } from '../../support/database-server.ts';
import { logIn, relyingParty } from '../../support/relying-party.ts';
import { dumpOf, SHAPES } from '../../support/shapes.ts';

/** What is really wrong in a dump. */
const FAULTS: Record<string, unknown[]> = {
  'laravel-be-users': [expect.stringContaining('bcrypt, but 57 of 60 characters')],
};
const CALLBACK = 'http://127.0.0.1:9/callback';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footbridge-shape-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(SHAPES)(
  'The dump of %s goes through inspect, load and check to a login, with no hand on it.',
  async (name, shape) => {
    const dump = dumpOf(name);
    const config = join(folder, 'footbridge.yaml');
    const env = shape.environment ?? {};
    const issuer = `http://127.0.0.1:${await freePort()}`;
    const command = (...args: string[]) => footbridge(['--config', config, ...args], { env });

    const inspected = await command('inspect', dump, '--write', config, '--issuer', issuer);
    expect(inspected).toMatchObject({ code: 0, printed: expect.stringContaining(shape.software) });
    expect(await command('load', dump, '--into', join(folder, 'legacy.sqlite'))).toMatchObject({ code: 0 });
    const added = await command('client', 'add', 'rp', '--redirect-uri', CALLBACK);
    const [, secret = ''] = /client_secret: (\S+)/.exec(added.printed) ?? [];

    const bridge = await serve(config, env);
    try {
      const checked = await command('check');
      const faults = checked.printed.split('\n').filter((line) => /^(ERROR|warning)/.test(line));
      expect(faults).toEqual(FAULTS[name] ?? []);

      const client = await relyingParty(
        { issuer, fetch: fetchVia({}) },
        { clientId: 'rp', auth: oidc.ClientSecretBasic(secret), callback: CALLBACK },
      );
      const browser = () => createBrowser({}, (url) => url.origin !== issuer);
      for (const { logins, password, claims } of shape.people) {
        for (const login of logins) {
          const { tokens, claims: idToken } = await client.login(
            browser(),
            { scope: 'openid profile email phone address' },
            login,
            password,
          );
          const userinfo = await oidc.fetchUserInfo(client.config, tokens.access_token, idToken.sub);
          expect(userinfo).toMatchObject(claims);
        }
      }
      const [first] = shape.people;
      const outsiders = [...shape.refused, { logins: first?.logins ?? [], password: 'wrong password' }];
      for (const { logins, password } of outsiders) {
        const [login = ''] = logins;
        const { url } = await client.request();
        const other = browser();
        expect((await logIn(other, await other.open(url), login, password)).status).not.toBe(0);
      }
    } finally {
      await bridge.stop();
    }
  },
);
