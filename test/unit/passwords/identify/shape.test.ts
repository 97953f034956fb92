import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { shapeOf } from '../../../../src/passwords/identify/shape.ts';

describe('The shape of a password column', () => {
  test.each([
    ['', 'empty: the row has no password'],
    ['   ', 'nothing but blanks: the row has no password'],
    ['*', 'a placeholder such as * or !: the account has no password'],
    [`!${'aB3x'.repeat(10)}`, 'a placeholder such as * or !: the account has no password'],
    ['hunter2', 'fewer than 13 characters: too short for a hash'],
    ['$secret$of-somebody', '19 printable characters with no identifier that is known'],
    ['a'.repeat(32), '32 hexadecimal digits (MD5, NTLM or a recipe: name the scheme)'],
    ['a'.repeat(31), '31 hexadecimal digits'],
    [
      `${'a'.repeat(40)}  `,
      '40 hexadecimal digits (SHA-1 or a recipe: name the scheme), followed by 2 blanks (a CHAR column pads: map a trimmed one)',
    ],
    ['$P$BABCDEFGHwI/t8ertSrLwBUFnkQrc0/', '34 characters that begin with $P$'],
    ['{SSHA}wzyp4Eofmmo96yAyDWh3lz/ORQw0xhiD', '38 characters that begin with {SSHA}'],
    ['{noop}hunter2', 'a password that is not hashed, behind {noop}: verified by the scheme plaintext alone'],
    [
      '{SASL}ada@example.org',
      'a name behind {SASL}: the password is at another server, which the directory asks',
    ],
    [
      `{CRAM-MD5}${'a'.repeat(64)}`,
      "a secret of a mail server's protocol, behind {CRAM-MD5}: it cannot be verified here",
    ],
    [`{NTLM}${'a'.repeat(32)}`, '38 characters that begin with {NTLM}'],
    ['pbkdf2_sha256$1000$salt$aGFzaA==', '32 characters that begin with pbkdf2_sha256$'],
    ['*113D6DA2994BFFC4D1099D03262B5CE2847640BC', '* and 40 hexadecimal digits (PASSWORD() of MySQL)'],
    [`${'a'.repeat(32)}:s4lt`, '37 characters: hexadecimal digits, a separator and a second part'],
    ['nxnoWSsQZT7liodgIBOq0bWK+7g=', '28 characters of base64'],
    ['pässwörter-sind-lang', '20 characters, some of them not ASCII: binary data or another encoding'],
    ['x'.repeat(1025), 'more than 1024 characters: longer than any password hash'],
  ])('of %j is told as: %s', (encoded, shape) => {
    expect(shapeOf(encoded)).toBe(shape);
  });

  test('never repeats a piece of the value beyond a known identifier.', () => {
    for (const prefix of ['', '$secret$', '$2y$10$', '{SSHA}', '{geheim}', 'salt:', '$1$', '$']) {
      for (const encoding of ['base64', 'hex', 'latin1'] as const) {
        const secret = createHash('sha256').update(prefix).digest().toString(encoding);
        const shape = shapeOf(`${prefix}${secret}`);
        for (let at = 0; at + 4 <= secret.length; at += 1) {
          expect(shape).not.toContain(secret.slice(at, at + 4));
        }
        expect(shape).not.toMatch(/secret|geheim|salt:/);
      }
    }
  });
});
