import { expect, test } from 'vitest';
import { hashAsItIs } from '../../../../src/migration/backfill/legacy-hash.ts';

const bcrypt = (cost: string, prefix = '2y') => `$${prefix}$${cost}$${'a'.repeat(22)}${'b'.repeat(31)}`;
const argon2id = (parameters: string) => `$argon2id$v=19$${parameters}$${'c'.repeat(22)}$${'d'.repeat(43)}`;
const BOTH = { encodings: ['bcrypt', 'argon2id'], weaker: false } as const;

test.each([bcrypt('10'), bcrypt('12', '2b'), argon2id('m=19456,t=2,p=1')])(
  '%s is sent as it is.',
  (encoded) => {
    expect(hashAsItIs({ encoded, scheme: 'auto' }, BOTH)).toBe(encoded);
    expect(hashAsItIs({ encoded, scheme: 'auto' }, undefined)).toBeUndefined();
  },
);

test.each([bcrypt('09'), argon2id('m=4096,t=3,p=1'), argon2id('m=65536,t=1,p=1')])(
  '%s is too weak, until somebody says yes.',
  (encoded) => {
    expect(hashAsItIs({ encoded, scheme: 'auto' }, BOTH)).toBeUndefined();
    expect(hashAsItIs({ encoded, scheme: 'auto' }, { ...BOTH, weaker: true })).toBe(encoded);
  },
);

test.each([
  { salt: 'x' },
  { pepper: 'x' },
  { username: 'x' },
  { charset: 'latin1' as const },
  { scheme: 'bcrypt(md5($pass))' },
  { encoded: bcrypt('10', '2x') },
  { encoded: `${bcrypt('10')} ` },
  { encoded: bcrypt('10').slice(0, -1) },
])('What does not stand alone is never sent: %o.', (change) => {
  expect(
    hashAsItIs({ encoded: bcrypt('10'), scheme: 'auto', ...change }, { ...BOTH, weaker: true }),
  ).toBeUndefined();
});

test('An encoding that the target did not name is not sent.', () => {
  const credential = { encoded: bcrypt('10'), scheme: 'auto' };
  expect(hashAsItIs(credential, { encodings: ['argon2id'], weaker: true })).toBeUndefined();
});
