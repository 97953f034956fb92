import { describe, expect, test } from 'vitest';
import type { Cell } from '../../../../src/domain/cell.ts';
import { parseBoundedJson } from '../../../../src/legacy/mapping/bounded-json.ts';
import { MAX_JSON } from '../../../../src/legacy/mapping/bounds.ts';
import { isoDateOf } from '../../../../src/legacy/mapping/calendar-dates.ts';
import { isDateFormat } from '../../../../src/legacy/mapping/date-format.ts';
import { localeOf, zoneOf } from '../../../../src/legacy/mapping/language.ts';
import { wordsOf } from '../../../../src/legacy/mapping/lists.ts';
import { secondsOf } from '../../../../src/legacy/mapping/moments.ts';
import { telephoneOf } from '../../../../src/legacy/mapping/telephone.ts';
import { answerOf } from '../../../../src/legacy/mapping/truth.ts';

describe('A telephone number', () => {
  test.each<[string, string | undefined, string | undefined]>([
    ['+49 30 901820', undefined, '+4930901820'],
    ['0049 30 901820', undefined, '+4930901820'],
    ['030 / 90 18-20', 'DE', '+4930901820'],
    ['(030) 901820', 'DE', '+4930901820'],
    ['+43 1 5856660', 'DE', '+4315856660'],
    ['0043 1 5856660', 'DE', '+4315856660'],
    ['+1 213 373 4253 ext. 12', undefined, '+12133734253;ext=12'],
    ['030 901820', undefined, undefined],
    ['12', 'DE', undefined],
    ['on request', 'DE', undefined],
    ['+49 30 901820 (home)', 'DE', undefined],
    ['1-800-FLOWERS', 'US', undefined],
    ['000000', 'DE', undefined],
    ['', 'DE', undefined],
  ])('%j with the country %s is %s.', (text, country, expected) => {
    expect(telephoneOf(text, country)).toBe(expected);
  });
});

describe('A day of the calendar', () => {
  test.each<[Cell, string | undefined, string | undefined]>([
    ['31.12.1980', 'd.m.Y', '1980-12-31'],
    ['1.2.1980', 'd.m.Y', '1980-02-01'],
    ['12/31/1980', 'm/d/Y', '1980-12-31'],
    ['31/12/1980', 'm/d/Y', undefined],
    ['19801231', 'Ymd', '1980-12-31'],
    [19801231, 'Ymd', '1980-12-31'],
    ['29.02.1981', 'd.m.Y', undefined],
    ['00.00.0000', 'd.m.Y', undefined],
    ['31.12.', 'd.m.', '0000-12-31'],
    ['29.02.', 'd.m.', '0000-02-29'],
    ['1980', 'Y', '1980'],
    ['0000', 'Y', undefined],
    [1980, undefined, '1980'],
    ['0000-05-17', undefined, '0000-05-17'],
    ['0000-00-00', undefined, undefined],
    [347_155_200, 'epoch', '1981-01-01'],
    ['-86400', 'epoch', '1969-12-31'],
    [347_155_200_000, 'epoch', '1981-01-01'],
    [0, 'epoch', undefined],
    ['soon', 'epoch', undefined],
    [null, 'd.m.Y', undefined],
  ])('%j in the dress %s is %s.', (cell, format, expected) => {
    expect(isoDateOf(cell, { format })).toBe(expected);
  });

  test('of a count is the day where its clock hung.', () => {
    // 1980-12-31 00:00 in Berlin.
    expect(isoDateOf(347_065_200, { format: 'epoch', timeZone: 'Europe/Berlin' })).toBe('1980-12-31');
    expect(isoDateOf(347_065_200, { format: 'epoch' })).toBe('1980-12-30');
  });

  test('has a dress of known letters, each once.', () => {
    for (const format of ['d.m.Y', 'm/d/Y', 'Ymd', 'Y', 'd.m.', 'Y-m-d H:i:s', 'j. n. Y']) {
      expect(isDateFormat(format), format).toBe(true);
    }
    for (const format of ['y-m-d', 'd.m.d', 'H:i', 'birthday', 'm', '']) {
      expect(isDateFormat(format), format).toBe(false);
    }
  });
});

describe('A moment', () => {
  const at = (iso: string) => Date.parse(iso) / 1000;
  test.each<[string, string | undefined, string, number | undefined]>([
    ['2024-01-15 12:00:00', undefined, 'Europe/Berlin', at('2024-01-15T11:00:00Z')],
    ['2024-07-15 12:00:00', undefined, 'Europe/Berlin', at('2024-07-15T10:00:00Z')],
    // The clocks went from 02:00 to 03:00, and from 03:00 back to 02:00.
    ['2024-03-31 01:59:59', undefined, 'Europe/Berlin', at('2024-03-31T00:59:59Z')],
    ['2024-03-31 02:30:00', undefined, 'Europe/Berlin', at('2024-03-31T01:30:00Z')],
    ['2024-03-31 03:00:00', undefined, 'Europe/Berlin', at('2024-03-31T01:00:00Z')],
    ['2024-10-27 02:30:00', undefined, 'Europe/Berlin', at('2024-10-27T00:30:00Z')],
    ['2024-10-27 03:00:00', undefined, 'Europe/Berlin', at('2024-10-27T02:00:00Z')],
    ['2024-07-15 12:00:00', undefined, 'Asia/Kolkata', at('2024-07-15T06:30:00Z')],
    ['2024-07-15 12:00:00', undefined, 'America/New_York', at('2024-07-15T16:00:00Z')],
    ['2024-07-15T12:00:00Z', undefined, 'America/New_York', at('2024-07-15T12:00:00Z')],
    ['2024-07-15 12:00:00+02', undefined, 'America/New_York', at('2024-07-15T10:00:00Z')],
    ['15.07.2024 12:00', 'd.m.Y H:i', 'Europe/Berlin', at('2024-07-15T10:00:00Z')],
    ['15.07.2024', 'd.m.Y', 'Europe/Berlin', at('2024-07-14T22:00:00Z')],
    ['15.07.2024 25:00', 'd.m.Y H:i', 'Europe/Berlin', undefined],
    ['2024-07-15', 'd.m.Y', 'Europe/Berlin', undefined],
    ['1721044800', undefined, 'Europe/Berlin', 1_721_044_800],
  ])('%s in the dress %s, written in %s, is %s.', (text, format, timeZone, expected) => {
    expect(secondsOf(text, { format, timeZone })).toBe(expected);
  });
});

describe('A language', () => {
  test.each<[string, string | undefined]>([
    ['de_DE', 'de-DE'],
    ['de-at', 'de-AT'],
    ['DE', 'de'],
    ['en_US.UTF-8', 'en-US'],
    ['de_DE@euro', 'de-DE'],
    ['zh_Hant_TW', 'zh-Hant-TW'],
    ['es-419', 'es-419'],
    ['german', undefined],
    ['C', undefined],
    ['de DE', undefined],
    ['', undefined],
  ])('%j is %s.', (text, expected) => {
    expect(localeOf(text)).toBe(expected);
  });
});

test.each<[string, string | undefined]>([
  ['Europe/Berlin', 'Europe/Berlin'],
  [' UTC ', 'UTC'],
  ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['Europe/Atlantis', undefined],
  ['+01:00', undefined],
  ['GMT+1 (Berlin)', undefined],
])('The time zone %j is %s.', (text, expected) => {
  expect(zoneOf(text)).toBe(expected);
});

describe('Several words', () => {
  test.each<[Parameters<typeof wordsOf>[1], string, string[] | undefined]>([
    ['comma', 'a, b;c|d,,', ['a', 'b', 'c', 'd']],
    ['space', ' a  b\nc', ['a', 'b', 'c']],
    ['lines', 'two words\r\nthree', ['two words', 'three']],
    ['json', '["a", 1, null, {"b": 2}]', ['a', '1']],
    ['json', '{"admin": true, "editor": false}', ['admin']],
    ['json', '"one"', ['one']],
    ['json', 'admin', undefined],
    ['php', 'a:2:{s:13:"administrator";b:1;s:6:"editor";b:0;}', ['administrator']],
    ['php', 'a:2:{i:0;s:1:"a";i:1;s:1:"b";}', ['a', 'b']],
    ['php', 'O:3:"Foo":0:{}', undefined],
  ])('in the format %s are read from %j.', (format, text, expected) => {
    expect(wordsOf(text, format)).toEqual(expected);
  });
});

describe('JSON of a row', () => {
  test('is taken within its bounds, without names that poison objects.', () => {
    expect(parseBoundedJson('{"a": [1, {"b": null}], "__proto__": {"x": 1}, "constructor": 1}')).toEqual({
      a: [1, { b: null }],
    });
    expect(Object.keys(parseBoundedJson('{"__proto__": {"x": 1}}') ?? { no: 1 })).toEqual([]);
  });

  test('is nothing where it is too long, too deep, of too many parts, or no JSON.', () => {
    expect(parseBoundedJson(JSON.stringify('x'.repeat(MAX_JSON)))).toBeUndefined();
    expect(parseBoundedJson('[[[[[[1]]]]]]')).toBeDefined();
    expect(parseBoundedJson('[[[[[[[1]]]]]]]')).toBeUndefined();
    expect(parseBoundedJson(`[${'1,'.repeat(600)}1]`)).toBeUndefined();
    expect(parseBoundedJson('{a: 1}')).toBeUndefined();
  });
});

describe('Yes and no', () => {
  test('are what the lists say, and a no wins.', () => {
    expect(answerOf('Active', { yes: ['active'] })).toBe('yes');
    expect(answerOf('pending', { yes: ['active'] })).toBe('no');
    expect(answerOf('active', { yes: ['active'], no: ['active'] })).toBe('no');
    expect(answerOf('pending', { yes: ['active'], no: ['banned'] })).toBe('unknown');
    expect(answerOf(null, { yes: [null] })).toBe('yes');
    expect(answerOf(1, { yes: [true] })).toBe('yes');
  });

  test('are known in the usual dresses, and anything else is neither.', () => {
    for (const cell of [1, 'Y', 't', 'yes', true, '2024-01-01']) expect(answerOf(cell)).toBe('yes');
    for (const cell of [0, 'N', 'f', '', null, undefined, false, '0000-00-00'])
      expect(answerOf(cell)).toBe('no');
    for (const cell of ['perhaps', 2, -1]) expect(answerOf(cell)).toBe('unknown');
  });
});
