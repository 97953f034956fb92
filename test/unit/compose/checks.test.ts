import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkIssuer } from '../../../src/compose/checks/issuer.ts';
import { checkPasswords } from '../../../src/compose/checks/passwords.ts';
import { checkRecords } from '../../../src/compose/checks/records.ts';
import { checkServer } from '../../../src/compose/checks/server.ts';
import { openOffice } from '../../../src/compose/office.ts';
import type { World } from '../../../src/compose/world.ts';
import { parseConfig } from '../../../src/config/load.ts';
import { BridgeError } from '../../../src/domain/errors.ts';
import type { ServerOptions } from '../../../src/http/options.ts';
import { noFaults } from '../../../src/runtime/fault-points.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { systemRandom } from '../../../src/runtime/random.ts';

const ISSUER = 'https://login.example.com';
const NOW = Date.parse('2026-01-01T00:00:00Z');

describe('The issuer', () => {
  const answering = (status: number, body: unknown, date = NOW) =>
    checkIssuer(
      ISSUER,
      () => NOW,
      async () =>
        new Response(JSON.stringify(body), { status, headers: { date: new Date(date).toUTCString() } }),
    );
  const failing = (code: string) =>
    checkIssuer(
      ISSUER,
      () => NOW,
      async () => {
        throw Object.assign(new TypeError('fetch failed'), { cause: { code } });
      },
    );
  const document = { issuer: ISSUER, token_endpoint: `${ISSUER}/token`, claims_supported: ['sub'] };

  test('is well when its discovery document says the same issuer.', async () => {
    expect(await answering(200, document)).toMatchObject([{ level: 'ok', about: 'issuer' }]);
  });
  test.each([
    ['another issuer', { ...document, issuer: 'https://other.example.com' }],
    ['an endpoint on another host', { ...document, token_endpoint: 'http://127.0.0.1:4000/token' }],
    ['no document at all', 'hello'],
  ])('is wrong when discovery says %s.', async (_, body) => {
    expect(await answering(200, body)).toMatchObject([{ level: 'error' }]);
  });
  test('is wrong behind a proxy that hides the host, and the finding says so.', async () => {
    const [result] = await answering(421, {});
    expect(result).toMatchObject({ level: 'error', remedy: expect.stringContaining('X-Forwarded-Host') });
  });
  test('is wrong with a certificate that nobody believes, and merely absent before the first start.', async () => {
    expect(await failing('CERT_HAS_EXPIRED')).toMatchObject([{ level: 'error' }]);
    expect(await failing('DEPTH_ZERO_SELF_SIGNED_CERT')).toMatchObject([{ level: 'error' }]);
    expect(await failing('ECONNREFUSED')).toMatchObject([{ level: 'warning' }]);
  });
  test('shows a clock that is wrong.', async () => {
    expect(await answering(200, document, NOW - 60_000)).toMatchObject([
      { level: 'ok' },
      { level: 'warning', about: 'clock', found: expect.stringContaining('60 s') },
    ]);
  });
});

test.each<[string, false | string[], string]>([
  [ISSUER, false, 'warning'],
  [ISSUER, ['10.0.0.0/8'], 'ok'],
  [ISSUER, ['0.0.0.0/0'], 'warning'],
  ['http://localhost:4000', false, 'ok'],
  ['http://localhost:4000', ['127.0.0.1'], 'warning'],
])('With the issuer %s and the trusted proxies %j the server is %s.', (issuer, trustProxy, level) => {
  const server: ServerOptions = { host: '127.0.0.1', port: 4000, trustProxy };
  expect(checkServer({ issuer, server })).toMatchObject([{ level }]);
});

describe('The passwords of the table', () => {
  const BCRYPT = '$2y$10$9NB6RGU6rThg8quKUdH1muctcahOQnJUp2nSowqe2d/wTpH6rtcBq';
  const sampled = (...encoded: string[]) =>
    checkPasswords({
      name: 'legacy',
      sampleCredentials: async () => encoded.map((value) => ({ encoded: value, scheme: 'auto' })),
    });

  test('are counted by scheme, and what cannot be verified is named without a character of it.', async () => {
    const results = await sampled(BCRYPT, BCRYPT, BCRYPT.slice(0, 57));
    expect(results).toMatchObject([
      { level: 'ok', found: 'Of 3 rows: 2 bcrypt (strong).' },
      {
        level: 'warning',
        found: expect.stringContaining('1 of 3 rows cannot be verified: bcrypt, but 57 of 60'),
      },
    ]);
    expect(JSON.stringify(results)).not.toContain(BCRYPT.slice(7, 20));
  });
  test('are no fault where somebody has none.', async () => {
    expect(await sampled(BCRYPT, '!', `!${'x'.repeat(40)}`)).toMatchObject([
      { level: 'ok', found: 'Of 3 rows: 1 bcrypt (strong), 2 without a password.' },
    ]);
  });
  test('are an error when not one can be verified.', async () => {
    expect(await sampled('5f4dcc3b5aa765d61d8327deb882cf99')).toMatchObject([{ level: 'error' }]);
  });
  test('say nothing while the directory is out, since its own check does.', async () => {
    const sampleCredentials = async () => {
      throw new BridgeError('legacy_unavailable', 'Out.');
    };
    expect(await checkPasswords({ name: 'legacy', sampleCredentials })).toEqual([]);
  });
});

describe('The records', () => {
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-checks-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const world = (now: number): World => ({
    clock: () => now,
    random: systemRandom,
    logger: createLogger('silent'),
    faults: noFaults,
  });
  const secretKey = randomBytes(32).toString('base64');
  const configured = (redirect_uris: string[], key = secretKey) =>
    parseConfig({
      issuer: ISSUER,
      store: `sqlite:${folder}/store.sqlite`,
      secretKey: key,
      legacy: {
        kind: 'sqlite',
        url: 'sqlite:./none.sqlite',
        table: 't',
        id: 'id',
        login: 'name',
        password: { column: 'p' },
      },
      clients:
        redirect_uris.length === 0
          ? []
          : [{ client_id: 'app', token_endpoint_auth_method: 'none', redirect_uris }],
    });
  const levels = async (config: ReturnType<typeof configured>, now = NOW) =>
    (await checkRecords(config, world(now))).map(({ level, about }) => `${level} ${about}`);

  test('need no store yet, and then say that nobody can log in.', async () => {
    expect(await levels(configured([]))).toEqual(['ok store', 'warning clients']);
  });
  test('show an old key, a wrong key, and redirect URIs that lead nowhere or home.', async () => {
    const config = configured(['https://no-such-host.invalid/cb', 'http://127.0.0.1:3000/cb']);
    const office = await openOffice(config, world(NOW));
    await office.keys.getOrCreate('signing', () => Buffer.from('{"keys":[]}'));
    await office.close();

    const faults = ['warning clients.app', 'warning clients.app'];
    expect(await levels(config)).toEqual(['ok store', 'ok clock', 'ok keys', ...faults]);
    const later = NOW + 500 * 86_400_000;
    expect(await levels(config, later)).toEqual(['ok store', 'ok clock', 'warning keys', ...faults]);
    const other = configured(['https://localhost/cb'], randomBytes(32).toString('base64'));
    expect(await levels(other)).toEqual(expect.arrayContaining(['error keys']));
  });
});
