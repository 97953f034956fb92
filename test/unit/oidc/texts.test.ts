import { expect, test } from 'vitest';
import { de } from '../../../src/oidc/texts/de.ts';
import { en } from '../../../src/oidc/texts/en.ts';
import { pickTexts, UI_LOCALES } from '../../../src/oidc/texts/pick.ts';

test('A language is found by its first part, the client’s wish before the browser’s.', () => {
  expect(pickTexts('de-AT', 'en')).toBe(de);
  expect(pickTexts('sv DE', 'en')).toBe(de);
  expect(pickTexts(undefined, 'sv-FI, de;q=0.9, en;q=0.8')).toBe(de);
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

test('A tag is cut from its end until a language is there.', () => {
  const chosen = (range: string) => pickTexts(range, 'en').lang;
  expect(['zh', 'zh-Hans', 'zh-CN', 'zh-hans-cn', 'zh-TW'].map(chosen)).toEqual(Array(5).fill('zh-Hans'));
  expect(['pt-BR', 'pt-PT', 'fr-CH-x-old', 'JA-jp'].map(chosen)).toEqual(['pt', 'pt', 'fr', 'ja']);
  expect(chosen('nds plt zho')).toBe('en');
});

const places = (value: unknown, path = ''): [string, string][] => {
  if (typeof value === 'function') return places(value('VALUE'), `${path}()`);
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => places(inner, `${path}.${key}`));
};

test.each(UI_LOCALES)('%s says something of its own in every place, and keeps what is put in.', (tag) => {
  const own = new Map(places(pickTexts(tag, '')));
  for (const [place, english] of places(en)) {
    const text = own.get(place) ?? '';
    const isEdge = /\.(before|after)$/.test(place);
    expect(isEdge || text.trim() !== '', place).toBe(true);
    expect(text.includes('VALUE'), place).toBe(english.includes('VALUE'));
    if (tag !== 'en' && english.length > 25) expect(text, place).not.toBe(english);
  }
  expect([...own.keys()]).toEqual(places(en).map(([place]) => place));
  expect([...own.values()].join('')).not.toMatch(/[<>{}]|undefined|\.\.| {2}/);
});

test('The ten languages are there.', () => {
  expect([...UI_LOCALES].sort()).toEqual(['de', 'en', 'es', 'fr', 'it', 'ja', 'nl', 'pl', 'pt', 'zh']);
  for (const tag of UI_LOCALES) expect(pickTexts(tag, '').lang.split('-')[0]).toBe(tag);
});
