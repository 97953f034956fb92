import { expect, test } from 'vitest';
import { loginFault } from '../../../src/oidc/interaction/login-fault.ts';
import { en } from '../../../src/oidc/texts/en.ts';

test('Each outcome has its status, its sentence and, where waiting helps, for how long.', () => {
  expect(loginFault({ kind: 'rejected' }, en)).toEqual({ status: 422, sentence: en.login.rejected });
  expect(loginFault({ kind: 'disabled' }, en)).toEqual({ status: 403, sentence: en.login.disabled });
  expect(loginFault({ kind: 'unavailable', retryAfterSeconds: 7 }, en)).toEqual({
    status: 503,
    sentence: en.login.unavailable,
    retryAfterSeconds: 7,
  });
});

test('Waiting is told in whole minutes, never none.', () => {
  const sentence = (retryAfterSeconds: number) =>
    loginFault({ kind: 'throttled', retryAfterSeconds }, en).sentence;
  expect(sentence(0)).toContain('in a minute');
  expect(sentence(60)).toContain('in a minute');
  expect(sentence(61)).toContain('in 2 minutes');
});
