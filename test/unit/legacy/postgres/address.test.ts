import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAddress } from '../../../../src/legacy/postgres/address.ts';

const refusal = (url: string) => {
  try {
    return JSON.stringify(parseAddress(url));
  } catch (error) {
    return (error as Error).message;
  }
};

test('A URL of PostgreSQL gives host, port, account and database, decoded.', () => {
  expect(parseAddress('postgres://u%40x:p%2Fw@[::1]:5433/shop%20a')).toEqual({
    host: '::1',
    port: 5433,
    user: 'u@x',
    password: 'p/w',
    database: 'shop a',
    ssl: false,
  });
  expect(parseAddress('postgresql://u@localhost/db?host=/run/postgresql')).toMatchObject({
    host: '/run/postgresql',
    port: 5432,
  });
});

test('TLS checks the certificate unless somebody says in so many words that it shall not.', () => {
  const ca = join(tmpdir(), 'footbridge-address-ca.pem');
  writeFileSync(ca, 'the CA');
  const ssl = (query: string) => parseAddress(`postgres://u:p@db/x?${query}`).ssl;
  expect(ssl('sslmode=verify-full')).toEqual({ rejectUnauthorized: true });
  expect(ssl(`sslrootcert=${ca}`)).toEqual({ rejectUnauthorized: true, ca: 'the CA' });
  expect(ssl('sslmode=verify-ca')).toMatchObject({ rejectUnauthorized: true });
  expect(ssl('sslmode=no-verify')).toEqual({ rejectUnauthorized: false });
  expect(ssl('sslmode=disable')).toBe(false);
  for (const mode of ['require', 'prefer', 'allow', '']) {
    expect(refusal(`postgres://u:p@db/x?sslmode=${mode}`)).toMatch(/sslmode must be "verify-full"/);
  }
});

test('What is not understood is refused, without the password in the message.', () => {
  for (const url of [
    'mysql://u:hunter2@db/x',
    'postgres://u:hunter2@db',
    'postgres://:hunter2@db/x',
    'postgres://u:hunter2@/x',
    'postgres://u:hunter2@db/x?options=-c%20search_path=evil',
    'postgres://u:hunter2@db/x?host=evil.example',
    'postgres://u:hunter2%@db/x',
    'postgres://u:hunter2@db/x?sslmode=verify-full&sslrootcert=/no/such/file',
  ]) {
    expect(refusal(url), url).toMatch(/^legacy\.url: /);
    expect(refusal(url), url).not.toContain('hunter2');
  }
});
