import { expect, test } from 'vitest';
import { de } from '../../../src/oidc/texts/de.ts';
import { en } from '../../../src/oidc/texts/en.ts';
import { pickTexts } from '../../../src/oidc/texts/pick.ts';

test('A language is found by its first part, the client’s wish before the browser’s.', () => {
  expect(pickTexts('de-AT', 'en')).toBe(de);
  expect(pickTexts('fr DE', 'en')).toBe(de);
  expect(pickTexts(undefined, 'fr-CH, de;q=0.9, en;q=0.8')).toBe(de);
  expect(pickTexts(undefined, 'en;q=0.1, de;q=0.2')).toBe(de);
});

test('Whoever asks for nothing that is there reads English.', () => {
  for (const [locales, header] of [
    [undefined, ''],
    ['', '*'],
    [['de'], 'xx'],
    ['x'.repeat(10_000), ',;q=,;;,'],
    ['__proto__ constructor', 'de;q=0'],
  ] as const) {
    expect(pickTexts(locales, header)).toBe(en);
  }
});

test('Both languages say something in every place, and the same places.', () => {
  const places = (value: unknown, path = ''): string[] => {
    if (typeof value === 'function') return [`${path}()`];
    if (typeof value === 'string') return value.trim() === '' ? [] : [path];
    return Object.entries(value as object).flatMap(([key, inner]) => places(inner, `${path}.${key}`));
  };
  expect(places(de)).toEqual(places(en));
});
