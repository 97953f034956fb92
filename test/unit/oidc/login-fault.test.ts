import { expect, test } from 'vitest';
import { loginFault } from '../../../src/oidc/interaction/login-fault.ts';
import { en } from '../../../src/oidc/texts/en.ts';
import { pl } from '../../../src/oidc/texts/pl.ts';

test('Each outcome has its status, its sentence and, where waiting helps, for how long.', () => {
  expect(loginFault({ kind: 'rejected' }, en)).toEqual({ status: 422, sentence: en.login.rejected });
  expect(loginFault({ kind: 'disabled' }, en)).toEqual({ status: 403, sentence: en.login.disabled });
  expect(loginFault({ kind: 'unavailable', retryAfterSeconds: 7 }, en)).toEqual({
    status: 503,
    sentence: en.login.unavailable,
    retryAfterSeconds: 7,
  });
});

test('Waiting is told in whole minutes, later in hours, never none, as each language counts.', () => {
  const sentence = (retryAfterSeconds: number, texts = en) =>
    loginFault({ kind: 'throttled', retryAfterSeconds }, texts).sentence;
  expect(sentence(0)).toContain('in 1 minute.');
  expect(sentence(60)).toContain('in 1 minute.');
  expect(sentence(61)).toContain('in 2 minutes');
  expect(sentence(7201)).toContain('in 3 hours');
  expect(sentence(240, pl)).toContain('za 4 minuty');
  expect(sentence(300, pl)).toContain('za 5 minut.');
});
