import { chmodSync, chownSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresDirectory } from '../../../src/legacy/postgres/create-postgres-directory.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { beUsersOptions, createBeUsersInPostgres } from '../../support/be-users.ts';
import { type Certificates, createCertificates } from '../../support/certificates.ts';
import { ownerOf, type PostgresServer, startPostgres } from '../../support/postgres-server.ts';

let certificates: Certificates;
let server: PostgresServer;
let url: string;

beforeAll(async () => {
  certificates = createCertificates('DNS:localhost');
  const owner = ownerOf(certificates.folder);
  if ('uid' in owner) chownSync(certificates.key, owner.uid, owner.gid);
  chmodSync(certificates.key, 0o600);
  server = await startPostgres({
    ssl: 'on',
    ssl_cert_file: certificates.cert,
    ssl_key_file: certificates.key,
    listen_addresses: 'localhost',
  });
  await createBeUsersInPostgres(server.run);
  url = await server.accountWith('SELECT');
});
afterAll(async () => {
  await server?.stop();
  rmSync(certificates.folder, { recursive: true, force: true });
});

async function anna(host: string, query: string) {
  const to = url.replace('127.0.0.1', host) + query;
  const directory = createPostgresDirectory(beUsersOptions('postgres', to), {
    logger: createLogger('silent'),
    clock: systemClock,
  });
  const result = await directory.find('anna');
  await directory.close();
  return result.kind === 'unavailable' ? (result.cause as Error).message : result.kind;
}

test('TLS to PostgreSQL works by a CA of its own, and is refused for a wrong CA and a wrong host.', async () => {
  expect(await anna('localhost', `?sslmode=verify-full&sslrootcert=${certificates.ca}`)).toBe('found');
  expect(await anna('localhost', `?sslmode=verify-full&sslrootcert=${certificates.otherCa}`)).toMatch(
    /not trusted/,
  );
  expect(await anna('localhost', '?sslmode=verify-full')).toMatch(/not trusted/);
  expect(await anna('127.0.0.1', `?sslmode=verify-full&sslrootcert=${certificates.ca}`)).toMatch(
    /another host/,
  );
  expect(await anna('127.0.0.1', `?sslmode=verify-ca&sslrootcert=${certificates.ca}`)).toBe('found');
  expect(await anna('127.0.0.1', '?sslmode=no-verify')).toBe('found');
});

test('The session is over TLS, read-only, and takes no name from a schema that others may write to.', async () => {
  const directory = createPostgresDirectory(
    beUsersOptions('postgres', url, {
      status: {
        active:
          "current_setting('transaction_read_only') = 'on' AND current_setting('search_path') = 'pg_catalog' AND " +
          "current_setting('statement_timeout') = '2s'",
      },
    }),
    { logger: createLogger('silent'), clock: systemClock },
  );
  await server.run(
    "CREATE FUNCTION public.left(varchar, integer) RETURNS text LANGUAGE sql AS $$ SELECT 'poisoned'::text $$",
  );
  expect(await directory.find('anna')).toMatchObject({
    user: { status: 'active', profile: { given_name: 'Anna' } },
  });
  await directory.close();
});
