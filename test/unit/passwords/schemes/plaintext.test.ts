import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { identify } from '../../../../src/passwords/identify/identify.ts';

const BCRYPT = '$2y$04$abcdefghijklmnopqrstuuSqNATdQiNEckAKLsqgsKbAM5.hZoMCq';
const read = (encoded: string) => {
  const identified = identify({ encoded, scheme: 'plaintext' });
  if (identified.kind !== 'readable') throw new Error('not read');
  return identified.hash;
};

describe('A plain password', () => {
  test.each(['hunter2', '{noop}hunter2', '{CLEARTEXT}hunter2', '{PLAIN}hunter2'])(
    'in %s is verified where the configuration says plaintext.',
    async (encoded) => {
      expect(await read(encoded).verify(Buffer.from('hunter2'))).toBe(true);
      for (const wrong of [
        '',
        'hunter',
        'hunter22',
        'Hunter2',
        ...(encoded === 'hunter2' ? [] : [encoded]),
      ]) {
        expect(await read(encoded).verify(Buffer.from(wrong))).toBe(false);
      }
    },
  );

  test('is compared byte for byte.', async () => {
    expect(await read(' pässwörd ').verify(Buffer.from(' pässwörd '))).toBe(true);
    expect(await read(' pässwörd ').verify(Buffer.from(' pässwörd ', 'latin1'))).toBe(false);
    expect(await read(' pässwörd ').verify(Buffer.from('pässwörd'))).toBe(false);
  });

  test.each(['hunter2', '{noop}hunter2', '{CLEARTEXT}hunter2'])('in %s is refused otherwise.', (encoded) => {
    for (const scheme of ['auto', 'md5', 'ldap-digest', 'spring-bcrypt']) {
      expect(identify({ encoded, scheme }).kind).toBe('unknown-scheme');
    }
  });

  test.each([
    BCRYPT,
    BCRYPT.slice(0, 57),
    `{bcrypt}${BCRYPT}`,
    `{noop}${BCRYPT}`,
    '{SSHA}wzyp4Eofmmo96yAyDWh3lz/ORQw0xhiD',
    '{SSHA}cut',
    'pbkdf2_sha256$1000$salt$cut',
    createHash('md5').update('secret').digest('hex'),
    createHash('sha512').update('secret').digest('hex').toUpperCase(),
    createHash('sha1').update('secret').digest('base64'),
    createHash('sha256').update('secret').digest('base64'),
    '*113D6DA2994BFFC4D1099D03262B5CE2847640BC',
    '3413a9ff24c95b30',
  ])('is not what may be a hash: %s.', (encoded) => {
    expect(identify({ encoded, scheme: 'plaintext' })).toMatchObject({
      kind: 'unknown-scheme',
      shape: 'what may be a hash, and no plain password; not plaintext, as configured',
    });
  });

  test('may look like much else.', () => {
    for (const encoded of ['abcdef', 'Tr0ub4dor&3', 'aB3dE5gH7jK9mN1pQ3sT5v', 'deadbeef', '$ecret$', '0']) {
      expect(read(encoded).scheme).toBe('plaintext');
    }
  });

  test('is not there in an empty row.', () => {
    for (const encoded of ['', '{noop}']) {
      expect(identify({ encoded, scheme: 'plaintext' }).kind).toBe('unknown-scheme');
    }
  });
});
