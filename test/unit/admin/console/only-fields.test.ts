import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldsOf, filtersOf, wordsOf } from '../../../../src/admin/console/only-fields.ts';

test('Fields become the filters that a backfill takes, and come back from them.', () => {
  const typed = {
    sinceField: 'last_login',
    since: '2022-01-31',
    schemes: ' bcrypt,md5($pass) ,',
    idFrom: '1',
    idTo: 'b..c',
  };
  const filters = filtersOf(typed);
  expect(filters).toEqual([
    'attributes.last_login>=2022-01-31',
    'scheme=bcrypt',
    'scheme=md5($pass)',
    'id=1..b..c',
  ]);
  expect(filtersOf(fieldsOf(filters))).toEqual(filters);
  expect(filtersOf({ sinceField: 'updated_at', since: '2022-01-31' })).toEqual(['updated_at>=2022-01-31']);
  expect(filtersOf({})).toEqual([]);
});

test('Whatever was typed stays what it is, there and back.', () => {
  const text = fc.stringMatching(/^[\w $().-]{1,12}$/);
  const id = fc.stringMatching(/^\w{1,8}$/);
  fc.assert(
    fc.property(fc.array(text, { maxLength: 3 }), fc.option(fc.tuple(id, id)), (schemes, ids) => {
      const [idFrom, idTo] = ids ?? [];
      const filters = filtersOf({ schemes: schemes.join(','), idFrom, idTo });
      expect(filtersOf(fieldsOf(filters))).toEqual(filters);
    }),
  );
});

test.for([
  [{ since: '2022-01-31' }, 'the field that holds it'],
  [{ sinceField: 'last_login' }, 'the day'],
  [{ idFrom: '1' }, 'both ends'],
  [{ idTo: '9' }, 'both ends'],
] as const)('Half a filter is refused: %o.', ([half, sentence]) => {
  expect(() => filtersOf(half)).toThrow(sentence);
});

test('Whom a run is for is said in words; what is not understood is said as it stands.', () => {
  expect(wordsOf([])).toBe('Everybody in the old tables');
  expect(wordsOf(['updated_at>=2022-01-31', 'scheme=bcrypt', 'scheme=phpass'])).toBe(
    'Those with updated_at on or after 2022-01-31, whose password is bcrypt or phpass',
  );
  expect(wordsOf(['id=1..9', 'moon'])).toBe('Those with an id from 1 to 9, moon');
});
