import { describe, expect, test } from 'vitest';
import type { Cell } from '../../../../src/domain/cell.ts';
import { readProfile } from '../../../../src/legacy/mapping/profile.ts';
import { toRow } from '../../../../src/legacy/mapping/row.ts';
import { legacyOptions } from '../../../../src/legacy/options.ts';

function read(options: Record<string, unknown>, cells: Record<string, Cell>) {
  const left: [string, string][] = [];
  const parsed = legacyOptions.parse({
    kind: 'sqlite',
    url: 'sqlite:x',
    table: 't',
    id: 'id',
    login: ['id'],
    password: { column: 'pw' },
    ...options,
  });
  const names = Object.keys(cells);
  const items = (['value', 'moment', 'present'] as const).flatMap((as) =>
    names.map((column) => ({ as, column, mappedBy: '' })),
  );
  const all = [...Object.values(cells), ...Object.values(cells)];
  const present = Object.values(cells).map((cell) => (cell === null || cell === '' ? 0 : 1));
  const row = toRow(items, [...all, ...present]);
  return { profile: readProfile(parsed, row, (claim, why) => left.push([claim, why])), left };
}

describe('A standard claim', () => {
  test('that cannot be read is left out, and reported without its value.', () => {
    const profile = { phone_number: 'tel', locale: 'lang', zoneinfo: 'zone', birthdate: 'born' };
    const cells = { tel: 'secret number', lang: 'german', zone: 'Mitte', born: 'spring' };
    expect(read({ profile }, cells)).toEqual({
      profile: {},
      left: [
        ['birthdate', 'no date'],
        ['zoneinfo', 'no time zone'],
        ['locale', 'no locale'],
        ['phone_number', 'no telephone number'],
      ],
    });
  });

  test('is written as OIDC has it.', () => {
    const profile = {
      phone_number: 'tel',
      locale: { column: 'lang', map: { german: 'de_DE' } },
      birthdate: { column: 'born', format: 'd.m.Y' },
      name: { columns: ['first', 'last'] },
    };
    const cells = { tel: '030 901820', lang: 'german', born: '1.2.1980', first: 'Ada', last: ' ' };
    expect(read({ profile, country: 'DE' }, cells).profile).toEqual({
      phone_number: '+4930901820',
      phone_number_verified: false,
      locale: 'de-DE',
      birthdate: '1980-02-01',
      name: 'Ada',
    });
  });

  test('says nothing where one of the words for nothing stands.', () => {
    const options = { profile: { nickname: 'a', given_name: 'b' }, nullWords: ['n/a', '-'] };
    expect(read(options, { a: 'n/a', b: ' - ' }).profile).toEqual({});
    expect(read({ profile: { family_name: 'b' } }, { b: 'Null' }).profile).toEqual({
      family_name: 'Null',
      name: 'Null',
    });
  });

  test('is verified where the listed values say so.', () => {
    const options = { profile: { email: 'm', email_verified: { column: 's', yes: ['active'] } } };
    expect(read(options, { m: 'a@b.c', s: 'Active' }).profile.email_verified).toBe(true);
    expect(read(options, { m: 'a@b.c', s: '1' }).profile.email_verified).toBe(false);
  });

  test('composes an address of its parts.', () => {
    const address = {
      street_address: { columns: ['street', 'house'] },
      postal_code: 'zip',
      locality: 'town',
      country: { value: 'Austria' },
    };
    const cells = { street: 'Ring', house: '1', zip: '1010', town: 'Wien' };
    expect(read({ profile: { address } }, cells).profile.address).toEqual({
      street_address: 'Ring 1',
      postal_code: '1010',
      locality: 'Wien',
      country: 'Austria',
      formatted: 'Ring 1\n1010 Wien\nAustria',
    });
  });
});

describe('Groups and roles', () => {
  test('come from a comma list, JSON or a constant, each once.', () => {
    const profile = { groups: 'g', roles: { column: 'r', list: 'json', map: { 1: 'admin', 2: 'editor' } } };
    expect(read({ profile }, { g: 'a, b,a', r: '[1,2,3]' }).profile).toEqual({
      groups: ['a', 'b'],
      roles: ['admin', 'editor'],
    });
    expect(read({ profile: { groups: { value: ['all'] } } }, {}).profile).toEqual({ groups: ['all'] });
  });

  test('are left out as a whole where there are too many.', () => {
    const g = Array.from({ length: 201 }, (_, index) => `g${index}`).join(',');
    expect(read({ profile: { groups: 'g' } }, { g })).toEqual({
      profile: {},
      left: [['groups', 'too many']],
    });
    expect(read({ profile: { groups: { column: 'g', list: 'json' } } }, { g: '[' }).left).toEqual([
      ['groups', 'no list'],
    ]);
  });
});

test('Attributes have the types that the options give them.', () => {
  const map = {
    tier: 't',
    points: { column: 'p', type: 'number' },
    newsletter: { column: 'n', type: 'boolean', yes: ['J'], no: ['N'] },
    asked: { column: 'a', type: 'boolean' },
    tags: { column: 'l', type: 'list' },
    since: { column: 's', type: 'date', format: 'd.m.Y' },
    seen: { column: 'e', type: 'timestamp' },
    plan: { column: 't', map: { gold: 'G' } },
    source: { value: 'shop' },
    bad: { column: 't', type: 'number' },
  };
  const cells = { t: 'gold', p: '12.50', n: 'J', a: null, l: 'x,y', s: '1.2.2020', e: 1_700_000_000 };
  expect(read({ attributes: { map } }, cells)).toEqual({
    profile: {
      attributes: {
        tier: 'gold',
        points: 12.5,
        newsletter: true,
        tags: ['x', 'y'],
        since: '2020-02-01',
        seen: 1_700_000_000,
        plan: 'G',
        source: 'shop',
      },
    },
    left: [['attributes.bad', 'no number']],
  });
});

test('Consents say whether, when, of which version and where.', () => {
  const consents = [
    { name: 'terms', given: 'ok', at: 'when', version: 'v', source: { value: 'checkout' } },
    { name: 'newsletter', given: { column: 'news', yes: ['J'] } },
  ];
  expect(
    read({ consents }, { ok: 1, when: '2023-11-14 22:13:20', v: '2.1', news: 'perhaps' }).profile,
  ).toEqual({
    consents: [
      { name: 'terms', given: true, at: 1_700_000_000, version: '2.1', source: 'checkout' },
      { name: 'newsletter', given: false },
    ],
  });
});

test('Metadata are objects of JSON, and second factors are facts.', () => {
  const options = {
    appMetadata: 'app',
    userMetadata: 'user',
    mfa: { totp: { column: 'seed', present: true }, sms: 'sms', webauthn: { value: false } },
  };
  const { profile, left } = read(options, {
    app: '{"plan": "pro"}',
    user: '[1]',
    seed: 'JBSWY3DP',
    sms: null,
  });
  expect(profile).toEqual({
    app_metadata: { plan: 'pro' },
    mfa: { totp: true, sms: false, webauthn: false },
  });
  expect(left).toEqual([['user_metadata', 'no JSON object']]);
  expect(JSON.stringify(profile)).not.toContain('JBSWY3DP');
});

describe('The options of the mapping', () => {
  const faults = (changes: Record<string, unknown>) =>
    legacyOptions
      .safeParse({
        kind: 'sqlite',
        url: 'sqlite:x',
        table: 't',
        id: 'id',
        login: ['id'],
        password: { column: 'pw' },
        ...changes,
      })
      .error?.issues.map(({ path }) => path.join('.')) ?? [];

  test('are checked all at once, each with its path.', () => {
    expect(
      faults({
        profile: {
          birthdate: { column: 'b', format: 'dd/mm/yy' },
          phone_number: { column: 'p', country: 'XX' },
        },
        attributes: { map: { sub: 's', email: 'e', fine: 'f' } },
        joins: { roles: { table: 'r', key: 'user_id', many: true } },
        login: ['roles.name'],
        appMetadata: 'roles.json',
        status: { deletedAt: 'roles.gone' },
      }).sort(),
    ).toEqual([
      'appMetadata',
      'attributes.map.email',
      'attributes.map.sub',
      'login.0',
      'profile.birthdate.format',
      'profile.phone_number.country',
      'status.deletedAt',
      'status.deletedAt',
    ]);
  });

  test('let an attribute have the name of a claim where a namespace keeps them apart.', () => {
    expect(faults({ attributes: { namespace: 'https://example.com/', map: { sub: 's' } } })).toEqual([]);
  });

  test('refuse what is no time zone, and a list from a join in what is no list.', () => {
    const joins = { roles: { table: 'r', key: 'user_id', many: true } };
    expect(faults({ timeZone: 'CET+1' })).toEqual(['timeZone']);
    expect(faults({ joins, profile: { nickname: 'roles.name', roles: 'roles.name' } })).toEqual([
      'profile.nickname',
    ]);
  });
});
