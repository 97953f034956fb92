import type { Context } from 'koa';
import { expect, test } from 'vitest';
import { createCsrf } from '../../../src/http/csrf.ts';

const csrf = createCsrf(Buffer.alloc(32, 7), 'https://login.example.com');
const token = Buffer.from(csrf.tokenFor('login', 'one'));

function check(headers: Record<string, string>, given: Buffer | undefined = token, subject = 'one') {
  const ctx = { get: (name: string) => headers[name.toLowerCase()] ?? '' } as Context;
  csrf.check(ctx, 'login', subject, given);
}

const REFUSED = expect.objectContaining({ status: 403 });

test('A form from the page that it was rendered on passes.', () => {
  check({ origin: 'https://login.example.com', 'sec-fetch-site': 'same-origin' });
  check({ origin: 'null', 'sec-fetch-site': 'same-origin' });
  check({ origin: 'https://login.example.com' });
  check({});
});

test('A form without the token, or with that of another page, form or key, is refused.', () => {
  const other = createCsrf(Buffer.alloc(32, 8), 'https://login.example.com');
  for (const given of [
    Buffer.alloc(0),
    Buffer.from('x'),
    Buffer.from(csrf.tokenFor('login', 'two')),
    Buffer.from(csrf.tokenFor('cancel', 'one')),
    Buffer.from(other.tokenFor('login', 'one')),
  ]) {
    expect(() => check({}, given)).toThrow(REFUSED);
  }
  expect(() => csrf.check({ get: () => '' } as unknown as Context, 'login', 'one', undefined)).toThrow(
    REFUSED,
  );
});

test('A form that another site sends is refused, even with the token.', () => {
  expect(() => check({ origin: 'https://evil.example' })).toThrow(REFUSED);
  expect(() => check({ origin: 'null', 'sec-fetch-site': 'cross-site' })).toThrow(REFUSED);
  expect(() => check({ origin: 'https://login.example.com', 'sec-fetch-site': 'same-site' })).toThrow(
    REFUSED,
  );
  expect(() => check({ 'sec-fetch-site': 'none' })).toThrow(REFUSED);
});
