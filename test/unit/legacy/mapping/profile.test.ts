import { describe, expect, test } from 'vitest';
import type { Cell } from '../../../../src/domain/cell.ts';
import { readProfile } from '../../../../src/legacy/mapping/profile.ts';
import { toRow } from '../../../../src/legacy/mapping/row.ts';
import { type LegacyOptions, legacyOptions } from '../../../../src/legacy/options.ts';

function profileOf(
  profile: Record<string, unknown>,
  cells: Record<string, Cell>,
  more: Partial<LegacyOptions> = {},
  tooLong: string[] = [],
) {
  const options = legacyOptions.parse({
    kind: 'sqlite',
    url: 'sqlite:x',
    table: 't',
    id: 'id',
    login: ['id'],
    password: { column: 'pw' },
    profile,
    ...more,
  });
  const names = Object.keys(cells);
  const items = (['value', 'moment'] as const).flatMap((as) =>
    names.map((column) => ({ as, column, mappedBy: '' })),
  );
  const row = toRow(items, [...Object.values(cells), ...Object.values(cells)]);
  return readProfile(options, row, (claim) => tooLong.push(claim));
}

describe('A profile', () => {
  test('takes columns, constants and mapped values.', () => {
    expect(
      profileOf(
        {
          nickname: 'nick',
          locale: { value: 'de-AT' },
          gender: { column: 'sex', map: { 1: 'male', 2: 'female' } },
          zoneinfo: { column: 'zone', map: { x: 'Europe/Vienna' } },
        },
        { nick: 'Nicki', sex: 2, zone: 'unlisted' },
      ),
    ).toEqual({ nickname: 'Nicki', locale: 'de-AT', gender: 'female' });
  });

  test('leaves out NULL, the empty text and blanks.', () => {
    expect(profileOf({ name: 'a', nickname: 'b', locale: 'c' }, { a: null, b: '', c: ' \t ' })).toEqual({});
  });

  test('does not trust a map with names that every object has.', () => {
    expect(profileOf({ gender: { column: 'g', map: { M: 'male' } } }, { g: 'constructor' })).toEqual({});
  });

  test.each<[Cell, boolean]>([
    [1, true],
    [1n, true],
    ['1', true],
    [true, true],
    ['t', true],
    ['TRUE', true],
    ['y', true],
    ['Y', true],
    ['yes', true],
    ['2021-05-06 07:08:09', true],
    ['2021-05-06', true],
    [0, false],
    ['0', false],
    [false, false],
    ['f', false],
    ['n', false],
    ['no', false],
    ['', false],
    [null, false],
    [2, false],
    [-1, false],
    ['pending', false],
    ['0000-00-00 00:00:00', false],
    ['1234567890', false],
  ])('calls an address verified by %s: %s.', (cell, verified) => {
    const profile = { email: 'mail', email_verified: 'ok', phone_number: 'tel', phone_number_verified: 'ok' };
    expect(profileOf(profile, { mail: 'a@b.c', tel: '+43 1 5856660', ok: cell })).toEqual({
      email: 'a@b.c',
      email_verified: verified,
      phone_number: '+4315856660',
      phone_number_verified: verified,
    });
  });

  test('calls an address verified by an explicit constant, a map or a moment, and never by default.', () => {
    const verified = (source: unknown, cells: Record<string, Cell> = {}) =>
      profileOf(
        { email: 'mail', ...(source === undefined ? {} : { email_verified: source }) },
        { mail: 'a@b.c', ...cells },
      ).email_verified;
    expect(verified(undefined)).toBe(false);
    expect(verified(false)).toBe(false);
    expect(verified(true)).toBe(true);
    expect(verified({ value: true })).toBe(true);
    expect(verified({ column: 'state', map: { confirmed: true } }, { state: 'confirmed' })).toBe(true);
    expect(verified({ column: 'state', map: { confirmed: true } }, { state: 'new' })).toBe(false);
    expect(verified({ column: 'at', format: 'timestamp' }, { at: 1_600_000_000 })).toBe(true);
    expect(verified({ column: 'at', format: 'timestamp' }, { at: 0 })).toBe(false);
    expect(verified({ column: 'at', format: 'timestamp' }, { at: null })).toBe(false);
  });

  test('says nothing of verified where there is no address.', () => {
    expect(profileOf({ email: 'mail', email_verified: true }, { mail: null })).toEqual({});
  });

  test('composes the name from its parts when it is not mapped.', () => {
    const parts = { given_name: 'g', family_name: 'f' };
    expect(profileOf(parts, { g: 'Ada', f: 'Lovelace' }).name).toBe('Ada Lovelace');
    expect(profileOf(parts, { g: null, f: 'Lovelace' }).name).toBe('Lovelace');
    expect(profileOf(parts, { g: null, f: null })).toEqual({});
    expect(profileOf({ ...parts, name: 'n' }, { g: 'Ada', f: 'Lovelace', n: null }).name).toBeUndefined();
  });

  test.each<[Cell, string | undefined]>([
    ['1980-02-29', '1980-02-29'],
    ['1980-02-29 00:00:00', '1980-02-29'],
    ['1980-02-29T00:00:00Z', '1980-02-29'],
    ['1981-02-29', undefined],
    ['1900-02-29', undefined],
    ['2000-02-29', '2000-02-29'],
    ['0000-00-00', undefined],
    ['1980-00-00', undefined],
    ['1980-13-01', undefined],
    ['31.12.1980', undefined],
    ['12/31/1980', undefined],
    [19801231, undefined],
    [null, undefined],
  ])('reads the birthdate of %s as %s.', (cell, birthdate) => {
    expect(profileOf({ birthdate: { column: 'b', format: 'date' } }, { b: cell }).birthdate).toBe(birthdate);
    expect(profileOf({ birthdate: 'b' }, { b: cell }).birthdate).toBe(birthdate);
  });

  test.each<[Cell, number | undefined]>([
    [1_700_000_000, 1_700_000_000],
    ['1700000000.250000', 1_700_000_000],
    [1_700_000_000_123n, 1_700_000_000],
    ['2023-11-14 22:13:20', 1_700_000_000],
    ['2023-11-14T22:13:20.5Z', 1_700_000_000],
    ['2023-11-14T23:13:20+01:00', 1_700_000_000],
    ['2023-11-14T23:13:20+0100', 1_700_000_000],
    ['2023-11-14', 1_699_920_000],
    ['0000-00-00 00:00:00', undefined],
    ['2023-11-14 25:00:00', undefined],
    [0, undefined],
    [-5, undefined],
    ['soon', undefined],
    [null, undefined],
  ])('reads the moment of change %s as %s seconds.', (cell, seconds) => {
    expect(profileOf({}, { changed: cell }, { updatedAt: 'changed' }).updated_at).toBe(seconds);
    expect(profileOf({ updated_at: 'changed' }, { changed: cell }).updated_at).toBe(seconds);
  });

  test('takes a plain column for the formatted address.', () => {
    expect(profileOf({ address: 'a' }, { a: 'Ring 1\n1010 Wien' })).toEqual({
      address: { formatted: 'Ring 1\n1010 Wien' },
    });
  });

  test('leaves out what is longer than its bound, and says which claim it was.', () => {
    const tooLong: string[] = [];
    const profile = { name: 'n', email: 'm', email_verified: true, picture: 'p', address: 'a' };
    const cells = {
      n: 'n'.repeat(321),
      m: `${'m'.repeat(321)}@x`,
      p: `data:${'x'.repeat(1020)}`,
      a: 'a'.repeat(1024),
    };
    expect(profileOf(profile, cells, {}, tooLong)).toEqual({ address: { formatted: cells.a } });
    expect(tooLong.sort()).toEqual(['email', 'name', 'picture']);
  });

  test('stays small whatever the row holds.', () => {
    const claims = [
      'name',
      'nickname',
      'profile',
      'picture',
      'website',
      'email',
      'zoneinfo',
      'locale',
      'address',
    ];
    for (const length of [320, 1_024, 100_000]) {
      const profile = profileOf(Object.fromEntries(claims.map((claim) => [claim, 'c'])), {
        c: 'x'.repeat(length),
      });
      expect(JSON.stringify(profile).length).toBeLessThan(8_192);
    }
  });

  test('reads text that is stored as bytes.', () => {
    expect(profileOf({ name: 'n' }, { n: Buffer.from('Ångström') }).name).toBe('Ångström');
  });
});

describe('The options', () => {
  const parse = (changes: Record<string, unknown>) =>
    legacyOptions.safeParse({
      kind: 'mysql',
      url: 'mysql://u@h/d',
      table: 't',
      id: 'id',
      login: ['a'],
      password: { column: 'p' },
      ...changes,
    }).success;

  test('take true and false for a claim only where it can be that.', () => {
    expect(parse({ profile: { email_verified: true } })).toBe(true);
    expect(parse({ profile: { gender: true } })).toBe(false);
    expect(parse({ profile: { locale: { value: false } } })).toBe(false);
  });

  test('refuse a status that could never disable anybody.', () => {
    expect(parse({ status: { active: 'x = 1' } })).toBe(true);
    expect(parse({ status: { column: 's', disabled: [0] } })).toBe(true);
    expect(parse({ status: { column: 's', active: ['ok'] } })).toBe(true);
    expect(parse({ status: { active: 'x = 1', column: 's', disabled: [0] } })).toBe(true);
    expect(parse({ status: {} })).toBe(false);
    expect(parse({ status: { column: 's' } })).toBe(false);
    expect(parse({ status: { disabled: [0] } })).toBe(false);
    expect(parse({ status: { active: ['ok'] } })).toBe(false);
    expect(parse({ status: { active: 'x = 1', column: 's' } })).toBe(false);
    expect(parse({ status: { active: 'x = 1', disabled: [0] } })).toBe(false);
  });
});
