import { createHash } from 'node:crypto';
import argon2 from 'argon2';
import bcrypt from 'bcryptjs';
import { expect, test } from 'vitest';
import { legacyHash } from '../../../src/demo/legacy-hash.ts';
import { LEGACY_SCHEMES, PEOPLE } from '../../../src/demo/people.ts';
import { systemRandom } from '../../../src/runtime/random.ts';

const password = 'Käsefüße 🧀';
const hex = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');

test.each([
  ['md5($pass)', 'md5', (pass: string) => pass],
  ['md5($salt.$pass)', 'md5', (pass: string, salt: string) => salt + pass],
  ['md5($pass.$salt)', 'md5', (pass: string, salt: string) => pass + salt],
  ['sha1($pass)', 'sha1', (pass: string) => pass],
  ['sha1($salt.$pass)', 'sha1', (pass: string, salt: string) => salt + pass],
  ['sha256($pass)', 'sha256', (pass: string) => pass],
  ['sha256($salt.$pass)', 'sha256', (pass: string, salt: string) => salt + pass],
] as const)('%s is what its notation says.', async (scheme, algorithm, input) => {
  const { encoded, salt } = await legacyHash(scheme, password, systemRandom);
  expect(salt !== null).toBe(scheme.includes('$salt'));
  expect(encoded).toBe(hex(algorithm, input(password, salt ?? '')));
});

test.each(['$2a$', '$2b$', '$2y$'] as const)('bcrypt %s has its prefix and verifies.', async (prefix) => {
  const { encoded, salt } = await legacyHash(`bcrypt ${prefix}`, password, systemRandom);
  expect([encoded.slice(0, 4), encoded.length, salt]).toEqual([prefix, 60, null]);
  expect(await bcrypt.compare(password, encoded.replace(prefix, '$2b$'))).toBe(true);
});

test.each(['argon2i', 'argon2id'] as const)(
  '%s is written in the standard order and verifies.',
  async (name) => {
    const { encoded } = await legacyHash(name, password, systemRandom);
    expect(encoded).toMatch(new RegExp(`^\\$${name}\\$v=19\\$m=\\d+,t=\\d+,p=\\d+\\$`));
    expect(await argon2.verify(encoded, password)).toBe(true);
  },
);

test('A dozen people live in the table, each scheme in one row, each name and password once.', () => {
  expect(PEOPLE.map(({ scheme }) => scheme).sort()).toEqual([...LEGACY_SCHEMES].sort());
  for (const key of ['username', 'email', 'password'] as const)
    expect(new Set(PEOPLE.map((person) => person[key])).size).toBe(12);
});
