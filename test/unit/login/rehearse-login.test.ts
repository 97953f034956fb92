import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { LegacyId } from '../../../src/domain/ids.ts';
import type { FindResult } from '../../../src/legacy/directory.ts';
import type { ClientStep, Rehearsal, RehearsalStep } from '../../../src/login/rehearsal.ts';
import { ANN, clientOf, openDesk } from './desk-fixture.ts';

type Desk = Awaited<ReturnType<typeof openDesk>>;

function stepOf<Name extends RehearsalStep['step']>({ steps }: Rehearsal, name: Name) {
  return steps.find((step): step is Extract<RehearsalStep, { step: Name }> => step.step === name);
}
const clientStep = (rehearsal: Rehearsal) => stepOf(rehearsal, 'client') as ClientStep;
const names = ({ steps }: Rehearsal) => steps.map(({ step }) => step);

const annAs = (changes: object) => (state: Desk['state']) => {
  state.found = (): FindResult => ({ kind: 'found', user: { ...ANN, ...changes } });
};

test.each<[string, string, string, (state: Desk['state']) => void]>([
  ['the right password', 'ann', 'right', () => {}],
  ['a wrong password', 'ann', 'wrong', () => {}],
  ['an unknown name', 'nobody', 'right', () => {}],
  ['a disabled person', 'ann', 'right', annAs({ status: 'disabled' })],
  ['a locked person', 'ann', 'right', annAs({ status: 'locked' })],
  ['a password to change', 'ann', 'right', annAs({ status: 'must-change-password' })],
  ['a partly read password', 'ann', 'right', (state) => Object.assign(state, { lossy: true })],
  [
    'a switch that is off',
    'ann',
    'right',
    (state) => {
      state.client = clientOf({ mode: 'off', target: 'new', percent: 100 });
    },
  ],
  [
    'a percentage that leaves the person out',
    'ann',
    'right',
    (state) => {
      state.client = clientOf({ mode: 'lazy', target: 'new', percent: 0 });
    },
  ],
  [
    'a person whom the ledger has',
    'ann',
    'right',
    (state) => Object.assign(state, { assessment: 'unchanged' }),
  ],
  ['a profile that changed', 'ann', 'right', (state) => Object.assign(state, { assessment: 'profile' })],
  [
    'an outage',
    'ann',
    'right',
    (state) => {
      state.found = () => ({ kind: 'unavailable', cause: new Error('refused') });
    },
  ],
  [
    'two people of one name',
    'ann',
    'right',
    (state) => {
      state.found = () => ({ kind: 'ambiguous', directory: 'legacy', legacyIds: ['1', '2'] as LegacyId[] });
    },
  ],
  [
    'an unreadable row',
    'ann',
    'right',
    (state) => {
      state.verdict = { kind: 'unknown-scheme', shape: '60 characters' };
    },
  ],
  [
    'a row out of bounds',
    'ann',
    'right',
    (state) => {
      state.verdict = { kind: 'out-of-bounds', scheme: 'argon2id', reason: 'Too much memory.' };
    },
  ],
  [
    'a hook that refuses',
    'ann',
    'right',
    (state) => {
      state.hooks = { ...state.hooks, admit: async () => ({ kind: 'refused', sentence: 'No.' }) };
    },
  ],
  [
    'a hook that fails',
    'ann',
    'right',
    (state) => {
      const failed = async () => ({ kind: 'failed', hook: 'profile' }) as const;
      state.hooks = { ...state.hooks, transform: failed, admit: failed };
    },
  ],
])('The rehearsal of %s says what the desk then does.', async (_, identifier, password, arrange) => {
  const { rehearse, login, desk, state, captures } = await openDesk();
  arrange(state);
  const rehearsal = await rehearse(identifier, password);
  expect(captures).toEqual([]);
  const outcome = await login(identifier, password);
  await desk.close();
  expect(rehearsal.wouldLogIn).toBe(outcome.kind === 'authenticated');
  if (outcome.kind === 'authenticated') {
    expect(stepOf(rehearsal, 'claims')?.subject).toBe(outcome.subject);
  }
  const capture = stepOf(rehearsal, 'client')?.capture.kind ?? 'none';
  expect(['credential', 'profile'].includes(capture)).toBe(captures.length === 1);
  expect(capture === 'credential').toBe(captures.some(({ rehash }) => rehash !== undefined));
});

test('A rehearsal writes nothing to the store, counts nothing and records no row that cannot be read.', async () => {
  const { rehearse, state, store, unverifiable, passwords } = await openDesk();
  const everything = async () => {
    const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(
      store.db,
    );
    const contents: unknown[] = [];
    for (const { name } of rows) {
      contents.push([name, (await sql`select * from ${sql.table(name)}`.execute(store.db)).rows]);
    }
    return contents;
  };
  const before = await everything();
  for (let i = 0; i < 10; i += 1) await rehearse('ann', 'wrong');
  await rehearse('ann', 'right');
  await rehearse('nobody', 'right');
  state.verdict = { kind: 'unknown-scheme', shape: '60 characters' };
  await rehearse('ann', 'right');
  expect(await everything()).toEqual(before);
  expect(unverifiable.record).not.toHaveBeenCalled();
  expect(unverifiable.clear).not.toHaveBeenCalled();
  expect(passwords.rehash).not.toHaveBeenCalled();
});

test('It ends where the desk would end.', async () => {
  const { rehearse, state } = await openDesk();
  expect(names(await rehearse('ann', 'right'))).toEqual([
    'look-up',
    'scheme',
    'verdict',
    'status',
    'claims',
    'client',
  ]);
  expect(names(await rehearse('ann', 'wrong'))).toEqual(['look-up', 'scheme', 'verdict']);
  expect(names(await rehearse('nobody', 'wrong'))).toEqual(['look-up', 'verdict']);
  annAs({ status: 'disabled' })(state);
  expect(names(await rehearse('ann', 'right'))).toEqual(['look-up', 'scheme', 'verdict', 'status']);
});

test('What would be sent is told with the settings of the rehash, which is not made.', async () => {
  const { rehearse } = await openDesk();
  const rehearsal = await rehearse('ann', 'right');
  expect(clientStep(rehearsal)).toMatchObject({
    clientId: 'idp',
    mode: 'lazy',
    target: 'new',
    outcome: { kind: 'authenticated' },
    ledger: null,
    capture: {
      kind: 'credential',
      fields: [{ name: 'external_id', value: stepOf(rehearsal, 'claims')?.subject }],
      rehash: { memoryKiB: 19_456, iterations: 2, parallelism: 1 },
    },
  });
  expect(clientStep(rehearsal).bucket).toBeGreaterThanOrEqual(0);
});

test('Without a password everything but the verdict is told, and a row that cannot be read stops it all the same.', async () => {
  const { rehearse, state, passwords } = await openDesk();
  const rehearsal = await rehearse('ann');
  expect(rehearsal.wouldLogIn).toBe(true);
  expect(stepOf(rehearsal, 'verdict')?.verdict).toEqual({ kind: 'not-asked' });
  expect(clientStep(rehearsal).capture.kind).toBe('credential');
  for (const [, password] of passwords.verify.mock.calls) expect(password).toHaveLength(0);
  state.verdict = { kind: 'unknown-scheme', shape: '60 characters' };
  expect((await rehearse('ann')).wouldLogIn).toBe(false);
});

test('Before the first start nobody knows on which side of a percentage a person stands.', async () => {
  const { rehearse, state } = await openDesk();
  const fresh = { bucketKey: undefined };
  expect(clientStep(await rehearse('ann', 'right', fresh)).capture.kind).toBe('credential');
  state.client = clientOf({ mode: 'lazy', target: 'new', percent: 50 });
  expect(clientStep(await rehearse('ann', 'right', fresh))).toMatchObject({
    bucket: null,
    capture: { kind: 'undecided' },
  });
});

test('Where no client is registered nobody can log in.', async () => {
  const { rehearse, state } = await openDesk();
  state.client = undefined;
  expect((await rehearse('ann', 'right')).wouldLogIn).toBe(false);
});

test('The password is wiped, and neither it nor the stored value is told.', async () => {
  const { rehearse, passwords, state } = await openDesk();
  annAs({ credential: { encoded: 'secret-canary', scheme: 'auto', salt: 'salt-canary' } })(state);
  const rehearsal = await rehearse('ann', 'password-canary');
  expect(JSON.stringify(rehearsal)).not.toContain('canary');
  const typed = passwords.verify.mock.calls[0]?.[1];
  expect([...(typed ?? [])].every((byte) => byte === 0)).toBe(true);
});
