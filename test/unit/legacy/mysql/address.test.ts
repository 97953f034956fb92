import { expect, test } from 'vitest';
import { BridgeError } from '../../../../src/domain/errors.ts';
import { parseAddress } from '../../../../src/legacy/mysql/address.ts';

test('A URL of MySQL or MariaDB is read, percent codes included.', () => {
  expect(parseAddress('mysql://us%40er:p%2Fw%25@db.example:3307/my%20db')).toEqual({
    host: 'db.example',
    port: 3307,
    user: 'us@er',
    password: 'p/w%',
    database: 'my db',
  });
  expect(parseAddress('mariadb://u@[::1]')).toEqual({ host: '::1', port: 3306, user: 'u', password: '' });
});

test('TLS checks the certificate unless it is told not to.', () => {
  expect(parseAddress('mysql://u@h/d?tls=true').ssl).toEqual({
    rejectUnauthorized: true,
    verifyIdentity: true,
  });
  expect(parseAddress('mysql://u@h/d?tls=unverified').ssl).toEqual({
    rejectUnauthorized: false,
    verifyIdentity: false,
  });
  expect(parseAddress('mysql://u@192.0.2.1/d?tls=verify-ca').ssl).toEqual({
    rejectUnauthorized: true,
    verifyIdentity: false,
  });
  expect(parseAddress('mysql://u@h/d').ssl).toBeUndefined();
  expect(parseAddress(`mysql://u@h/d?tls-ca=${import.meta.filename}`).ssl?.ca).toContain('import');
});

test.each([
  'mysql://u:canary@h/d?multipleStatements=true',
  'mysql://u:canary@h/d?flags=LOCAL_FILES',
  'mysql://u:canary%@h/d',
  'mysql://u:canary@h/d?tls=maybe',
  'mysql://u:canary@192.0.2.1/d?tls=true',
  'mysql://u:canary@[::1]/d?tls=true',
  'mysql://u:canary@h/d?tls-ca=/no/such/file',
  'postgres://u:canary@h/d',
  'canary',
])('The URL %s is refused without repeating it.', (url) => {
  const refused = (() => {
    try {
      return parseAddress(url);
    } catch (error) {
      return error;
    }
  })();
  expect(refused).toBeInstanceOf(BridgeError);
  expect(refused).toMatchObject({
    code: 'configuration_invalid',
    message: expect.stringMatching(/^legacy\.url: /),
  });
  expect((refused as BridgeError).message).not.toContain('canary');
});
