import { describe, expect, test } from 'vitest';
import { identify } from '../../../../src/passwords/identify/identify.ts';
import { rehash } from '../../../../src/passwords/pool/rehash.ts';

const TAIL = 'c29tZXNhbHRzb21lc2FsdA$q1W12BUmPJLNgIX2zHqdHIdFO+Qzzr5N/5fE50fdi48';
const of = (replaced: string, argon2id = { memoryKiB: 7168, iterations: 2, parallelism: 1 }) =>
  rehash({
    password: Buffer.from('secret'),
    replaces: { encoded: replaced, scheme: 'auto' },
    argon2id,
    salt: Buffer.from('a salt of 16 by.'),
  });

describe('The rehash', () => {
  test('is argon2id with the configured parameters in the standard order, a 16 byte salt and a 32 byte tag.', async () => {
    const encoded = await of('$2y$10$whatever');
    expect(encoded).toMatch(/^\$argon2id\$v=19\$m=7168,t=2,p=1\$YSBzYWx0IG9mIDE2IGJ5Lg\$[A-Za-z0-9+/]{43}$/);
    const identified = identify({ encoded, scheme: 'auto' });
    if (identified.kind !== 'readable') throw new Error('The rehash does not read itself.');
    expect(await identified.hash.verify(Buffer.from('secret'))).toBe(true);
    expect(await identified.hash.verify(Buffer.from('Secret'))).toBe(false);
  });

  test.each([
    ['more memory', `$argon2id$v=19$m=8192,t=1,p=4$${TAIL}`, 'm=8192,t=2,p=1'],
    ['more iterations', `$argon2i$v=19$m=1024,t=5,p=1$${TAIL}`, 'm=7168,t=5,p=1'],
    ['more of both', `$argon2id$v=19$t=3,m=8192,p=1$${TAIL}`, 'm=8192,t=3,p=1'],
    ['less of both', `$argon2id$v=19$m=64,t=1,p=1$${TAIL}`, 'm=7168,t=2,p=1'],
  ])('is never weaker than an argon2 with %s.', async (_, replaced, parameters) => {
    expect(await of(replaced)).toContain(`$${parameters}$`);
  });

  test.each([4, 10])('keeps up with bcrypt at cost %i even where less is configured.', async (cost) => {
    const parameters = /m=(\d+),t=(\d+)/.exec(
      await of(`$2y$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`),
    );
    expect(Number(parameters?.[1]) * Number(parameters?.[2])).toBeGreaterThanOrEqual(19_456 * 2);
  });

  test.each([
    [10, 'm=19456,t=2,p=1'],
    [12, 'm=77824,t=2,p=1'],
    [14, 'm=262144,t=3,p=1'],
  ])('of bcrypt at cost %i is %s: each step of the cost doubles the work.', async (cost, parameters) => {
    const configured = { memoryKiB: 19_456, iterations: 2, parallelism: 1 };
    expect(await of(`$2y$${cost}$${'.'.repeat(53)}`, configured)).toContain(`$${parameters}$`);
  });

  test.each(['{bcrypt}', '{CRYPT}', 'bcrypt$', 'bcrypt_sha256$', '$wp', '1|'])(
    'sees bcrypt behind %s.',
    async (prefix) => {
      expect(await of(`${prefix}$2y$12$${'.'.repeat(53)}`)).toBe(await of(`$2y$12$${'.'.repeat(53)}`));
    },
  );

  test.each(['argon2', '{argon2}', '{ARGON2ID}', '3|'])('sees argon2 behind %s.', async (prefix) => {
    const encoded = `$argon2id$v=19$m=8192,t=3,p=1$${TAIL}`;
    expect(await of(`${prefix}${encoded}`)).toContain('$m=8192,t=3,p=1$');
  });

  test('does not take orders from a plain password that ends like a hash.', async () => {
    for (const password of [`{x}$2y$31$${'.'.repeat(53)}`, `x$argon2id$v=19$m=262144,t=90,p=1$${TAIL}`]) {
      expect(await of(password)).toContain('$m=7168,t=2,p=1$');
    }
  });

  test('stays within the bounds on work when memory and iterations come from different sides.', async () => {
    const encoded = await of(`$argon2id$v=19$m=1024,t=100,p=1$${TAIL}`, {
      memoryKiB: 65_536,
      iterations: 1,
      parallelism: 1,
    });
    expect(encoded).toContain('$m=65536,t=32,p=1$');
    expect(identify({ encoded, scheme: 'auto' })).toMatchObject({ kind: 'readable' });
  });
});
