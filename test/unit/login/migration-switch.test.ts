import { expect, test } from 'vitest';
import type { Migration } from '../../../src/clients/migration.ts';
import type { LegacyId } from '../../../src/domain/ids.ts';
import { planFor, type SwitchedPerson } from '../../../src/login/migration-switch.ts';
import { clientOf } from './desk-fixture.ts';

const KEY = Buffer.alloc(32, 1);
const ann: SwitchedPerson = {
  person: { directory: 'staff', legacyId: '7' as LegacyId },
  email: 'ann@Example.com',
  app: undefined,
};
const modeOf = (migration: Partial<Migration>, login: Partial<SwitchedPerson> = {}, now = 0) =>
  planFor(
    clientOf({ target: 'new', mode: 'lazy', percent: 100, ...migration }),
    { ...ann, ...login },
    now,
    KEY,
  ).mode;

test.each([
  [{ percent: 0, allow: ['7'] }, 'lazy'],
  [{ percent: 0, allow: ['staff:7'] }, 'lazy'],
  [{ percent: 0, allow: ['customers:7', '70', '@sub.example.com', '@ample.com'] }, 'off'],
  [{ percent: 0, allow: ['@example.COM'] }, 'lazy'],
  [{ deny: ['7'] }, 'off'],
  [{ deny: ['@example.com'], allow: ['7'] }, 'off'],
  [{ deny: ['7'], otherwise: 'shadow' }, 'shadow'],
  [{ mode: 'cutover', percent: 0, otherwise: 'lazy' }, 'lazy'],
] as const)(
  'Of the lists, deny counts before allow, and allow before the percentage: %j.',
  (migration, mode) => {
    expect(modeOf(migration)).toBe(mode);
  },
);

test('A switch has its mode from its first moment until just before its last one.', () => {
  const migration = { mode: 'cutover', startsAt: 100, endsAt: 200, otherwise: 'lazy' } as const;
  expect([99, 100, 199, 200].map((now) => modeOf(migration, {}, now))).toEqual([
    'lazy',
    'cutover',
    'cutover',
    'lazy',
  ]);
});

test('The switch of an app stands for the client’s; an app without one has the client’s.', () => {
  const apps = { shop: { mode: 'cutover', percent: 100 }, wiki: { mode: 'off', percent: 100 } } as const;
  const modes = ['shop', 'wiki', 'other', 'constructor', undefined].map((app) => modeOf({ apps }, { app }));
  expect(modes).toEqual(['cutover', 'off', 'lazy', 'lazy', 'lazy']);
});

test('Without a target, or a client, nothing is switched on.', () => {
  expect(modeOf({ target: undefined, mode: 'lazy' })).toBe('off');
  expect(planFor(undefined, ann, 0, KEY).mode).toBe('off');
});
