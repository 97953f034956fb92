import { expect, test } from 'vitest';
import { clientHref } from '../../../../../src/admin/console/clients/addresses.ts';
import { hiddenFields, switchForm, wantedOf } from '../../../../../src/admin/console/clients/switch-form.ts';
import { inWords, withMoments, wordedNote } from '../../../../../src/admin/console/clients/switch-words.ts';
import type { WantedSwitch } from '../../../../../src/admin/work/switches.ts';

const NONE = { allow: [], deny: [], otherwise: null, startsAt: null, endsAt: null };
const read = (fields: Record<string, string>) => wantedOf(switchForm.parse({ version: '3', ...fields }));

test('A field that is empty takes its limit away; a target that is not asked for stays.', () => {
  expect(read({ mode: 'lazy', percent: '25' })).toEqual({ mode: 'lazy', percent: 25, ...NONE });
  expect(read({ mode: 'lazy', percent: '25', otherwise: 'off' })).toMatchObject({ otherwise: null });
  expect(read({ mode: 'off', percent: '0', target: '-' })).toMatchObject({ target: null });
  expect(read({ mode: 'inherit', app: 'shop', percent: '7', allow: '1' })).toEqual({
    mode: 'inherit',
    app: 'shop',
  });
});

test('Entries of a list stand on lines or between commas, each once.', () => {
  const { allow, deny } = wantedOf(
    switchForm.parse({ version: '1', mode: 'lazy', allow: ' 1 \r\n\r\n@a.example, 2,1', deny: '3' }),
  ) as Required<WantedSwitch>;
  expect([allow, deny]).toEqual([['1', '@a.example', '2'], ['3']]);
});

test.for<WantedSwitch>([
  { mode: 'lazy', percent: 0, ...NONE, allow: ['1', 'legacy:2'], deny: ['@example.com'] },
  { mode: 'cutover', percent: 100, ...NONE, otherwise: 'lazy', startsAt: 1_898_571_600_000 },
  {
    mode: 'shadow',
    percent: 5,
    ...NONE,
    startsAt: 1_898_571_601_000,
    endsAt: 1_898_571_602_003,
    target: 'new',
  },
  { mode: 'off', percent: 100, ...NONE, target: null },
  { mode: 'lazy', percent: 1, ...NONE, app: 'shop' },
  { mode: 'inherit', app: 'shop' },
])('What is shown in a preview is what is done: $mode $percent.', (wanted) => {
  const fields = hiddenFields(wanted, 7);
  expect(switchForm.parse(fields).version).toBe(7);
  expect(JSON.parse(JSON.stringify(wantedOf(switchForm.parse(fields))))).toEqual(wanted);
});

test.for([
  { mode: 'sideways' },
  { mode: 'lazy', percent: '101' },
  { mode: 'lazy', percent: '1e1' },
  { mode: 'lazy', startsAt: '2030-13-01T00:00' },
  { mode: 'lazy', endsAt: '1898571600000' },
  { mode: 'lazy', version: '-1' },
  { mode: 'lazy', app: '../x' },
])('A form that no page sends is not understood: %o', (fields) => {
  expect(switchForm.safeParse({ version: '1', ...fields }).success).toBe(false);
});

test('A switch is told in words.', () => {
  expect(inWords({ mode: 'off', percent: 3 })).toBe('off');
  expect(inWords({ mode: 'lazy', percent: 25 })).toBe('lazy for 25% of its people');
  expect(inWords({ mode: 'lazy', percent: 100, deny: ['1'] })).toBe(
    'lazy for all of its people, without 1 entry',
  );
  expect(inWords({ mode: 'shadow', percent: 0, allow: ['1', '2'] })).toBe(
    'shadow for 2 entries on its list alone',
  );
  expect(inWords(undefined)).toBe('what the client’s switch says');
  expect(withMoments('It begins at 2030-03-01T06:00:00.000Z; until then not.')).toBe(
    'It begins at 1 Mar 2030, 06:00 UTC; until then not.',
  );
});

test('A line of the trail is worded where it is about a switch, and stays as it is where it is not.', () => {
  expect(wordedNote({ app: 'shop', mode: 'lazy', percent: 25, forced: true })).toMatchObject({
    mode: 'lazy',
    share: '25%',
    forced: true,
  });
  expect(wordedNote({ app: 'shop' })).toBeUndefined();
  expect(wordedNote({ client_name: 'Shop' })).toEqual({ client_name: 'Shop' });
});

test('No id of a client leads to another page than its own.', () => {
  expect(clientHref('new')).toBe('/clients/%6Eew');
  expect(clientHref('a/b?c#d')).toBe('/clients/a%2Fb%3Fc%23d');
});
