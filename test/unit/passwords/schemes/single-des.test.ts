import { expect, test } from 'vitest';
import { oracle10 } from '../../../../src/passwords/schemes/single-des.ts';

test('Oracle 10 has no account without a name and a password: nobody gets in by typing nothing.', async () => {
  const hash = oracle10.parse({ encoded: '0D20B06F0AFEC6AD', username: '' });
  expect(await hash?.verify(new Uint8Array())).toBe(false);
});
