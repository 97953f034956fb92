import { expect, test } from 'vitest';
import { createDigests } from '../../../src/ledger/digests.ts';

const { fingerprint } = createDigests(Buffer.alloc(32, 7));

test('The fingerprint of a credential is the same from release to release.', () => {
  expect(fingerprint({ encoded: '$2y$10$x', salt: 's', username: 'anna', scheme: 'auto' })).toBe(
    'cO3r0CEL4FF8NiQaxrVQ0DCt_fSbpHULX7ElfQUXOaI',
  );
});

test('Another scheme that the configuration adds behind the first is no change of the row.', () => {
  const row = { encoded: 'abc', salt: 's' };
  const before = fingerprint({ ...row, scheme: 'auto' });
  expect(fingerprint({ ...row, scheme: ['auto', 'md5($salt.$pass)'] })).toBe(before);
  expect(fingerprint({ ...row, scheme: ['md5($salt.$pass)'] })).not.toBe(before);
  expect(fingerprint({ ...row, encoded: 'abd', scheme: ['auto', 'md5($salt.$pass)'] })).not.toBe(before);
});
