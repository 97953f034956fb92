import { expect, test } from 'vitest';
import type { Cell } from '../../../../src/legacy/mapping/cell.ts';
import { readStanding } from '../../../../src/legacy/mapping/status.ts';
import { legacyOptions } from '../../../../src/legacy/options.ts';

function statusOf(status: Record<string, unknown> | undefined, value: Cell, active?: Cell) {
  const options = legacyOptions.parse({
    kind: 'sqlite',
    url: 'sqlite:x',
    table: 't',
    id: 'id',
    login: ['id'],
    password: { column: 'pw' },
    ...(status === undefined ? {} : { status }),
  });
  const row = { values: new Map([['state', value]]), moments: new Map(), active };
  return readStanding(options, row, 1_700_000_000).status;
}

test('Without a status everybody is active.', () => {
  expect(statusOf(undefined, 'banned')).toBe('active');
});

test('A condition decides, and what is not true is disabled.', () => {
  expect(statusOf({ active: 'x' }, null, 1)).toBe('active');
  expect(statusOf({ active: 'x' }, null, 1n)).toBe('active');
  for (const cell of [0, null, undefined, '']) expect(statusOf({ active: 'x' }, null, cell)).toBe('disabled');
});

test('A listed value is disabled in whatever case, and every other is active.', () => {
  const status = { column: 'state', disabled: [0, 'banned', null] };
  for (const cell of [0, '0', 0n, 'banned', 'BANNED', null]) expect(statusOf(status, cell)).toBe('disabled');
  for (const cell of [1, '1', 'ok', '']) expect(statusOf(status, cell)).toBe('active');
});

test('With a list of active values, every other value is disabled.', () => {
  const status = { column: 'state', active: [1, 'active'] };
  for (const cell of [1, '1', true, 'active']) expect(statusOf(status, cell)).toBe('active');
  for (const cell of [0, 'Active', 'new', '', null]) expect(statusOf(status, cell)).toBe('disabled');
});

test('True and false are listed as the databases spell them.', () => {
  const status = { column: 'state', active: [true], disabled: [false] };
  for (const cell of [1, '1', 't', 'true', true]) expect(statusOf(status, cell)).toBe('active');
  for (const cell of [0, '0', 'f', 'F', 'false', 2]) expect(statusOf(status, cell)).toBe('disabled');
});

test('A condition and a list both lock.', () => {
  const status = { active: 'x', column: 'state', disabled: ['banned'] };
  expect(statusOf(status, 'ok', 1)).toBe('active');
  expect(statusOf(status, 'banned', 1)).toBe('disabled');
  expect(statusOf(status, 'ok', 0)).toBe('disabled');
});
