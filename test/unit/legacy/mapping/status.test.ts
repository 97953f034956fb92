import { expect, test } from 'vitest';
import type { Cell } from '../../../../src/domain/cell.ts';
import { isDeleted, readStanding } from '../../../../src/legacy/mapping/status.ts';
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

const NOW = 1_700_000_000;

function standingOf(status: Record<string, unknown>, cells: Record<string, Cell>) {
  const options = legacyOptions.parse({
    kind: 'sqlite',
    url: 'sqlite:x',
    table: 't',
    id: 'id',
    login: ['id'],
    password: { column: 'pw' },
    status,
  });
  const values = new Map(Object.entries(cells));
  const row = { values, moments: values, active: undefined };
  return { standing: readStanding(options, row, NOW), deleted: isDeleted(options, row) };
}

test('A lock holds until its moment, and for ever where nobody can read it.', () => {
  const lockedUntil = (cell: Cell) => standingOf({ lockedUntil: 'l' }, { l: cell }).standing;
  expect(lockedUntil(NOW + 60)).toEqual({ status: 'locked', until: NOW + 60 });
  expect(lockedUntil('2023-11-14 22:14:20')).toEqual({ status: 'locked', until: NOW + 60 });
  for (const over of [NOW, NOW - 1, null, '', 0, '0000-00-00 00:00:00']) {
    expect(lockedUntil(over).status, String(over)).toBe('active');
  }
  expect(lockedUntil('until further notice')).toEqual({ status: 'locked' });
});

test('A flag that is neither yes nor no locks.', () => {
  for (const [flag, status] of [
    ['disabledWhen', 'disabled'],
    ['lockedWhen', 'locked'],
  ] as const) {
    for (const cell of [1, 'Y', 'X'])
      expect(standingOf({ [flag]: 'f' }, { f: cell }).standing.status).toBe(status);
    for (const cell of [0, 'N', null, '']) {
      expect(standingOf({ [flag]: 'f' }, { f: cell }).standing.status).toBe('active');
    }
  }
});

test('A state may lock, ask for a new password, or mean that nobody is there.', () => {
  const status = { column: 's', active: ['ok'], locked: ['L'], mustChangePassword: ['new'], deleted: ['D'] };
  expect(standingOf(status, { s: 'ok' })).toEqual({
    standing: { status: 'active', mustChangePassword: false },
    deleted: false,
  });
  expect(standingOf(status, { s: 'new' }).standing).toEqual({ status: 'active', mustChangePassword: true });
  expect(standingOf(status, { s: 'l' }).standing).toEqual({ status: 'locked' });
  expect(standingOf(status, { s: 'other' }).standing).toEqual({ status: 'disabled' });
  expect(standingOf(status, { s: 'd' }).deleted).toBe(true);
});

test('Whoever has a moment of deletion is not there.', () => {
  const deleted = (cell: Cell) => standingOf({ deletedAt: 'd' }, { d: cell }).deleted;
  for (const cell of ['2020-01-01 00:00:00', 1, 'yesterday']) expect(deleted(cell)).toBe(true);
  for (const cell of [null, '', 0, '0000-00-00 00:00:00']) expect(deleted(cell)).toBe(false);
});
