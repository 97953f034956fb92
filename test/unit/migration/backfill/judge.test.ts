import { expect, test } from 'vitest';
import type { Subject } from '../../../../src/domain/ids.ts';
import type { Known } from '../../../../src/ledger/bulk.ts';
import { LEDGER_STATES } from '../../../../src/ledger/ledger.ts';
import { judge } from '../../../../src/migration/backfill/judge.ts';
import { digests, legacyUser } from '../../../support/test-courier.ts';

const user = legacyUser('1');
const fingerprint = digests.fingerprint(user.credential);
const known = (changes: Partial<Known> = {}): Known => ({
  target: 'new',
  person: { directory: 'legacy', legacyId: user.id },
  externalId: 'sub-1' as Subject,
  clientId: 'app',
  state: 'copied',
  generation: 3,
  leaseToken: null,
  fingerprint,
  profileDigest: digests.profile(user.profile),
  copiedFingerprint: fingerprint,
  copiedDigest: digests.profile(user.profile),
  lockedOut: false,
  ...changes,
});
const judged = (row: Known | undefined, hash?: string, one = user) =>
  judge(
    { target: 'new', user: one, profile: one.profile, subject: 'sub-1' as Subject, known: row, hash },
    digests,
  );

test('Somebody new is entered for no client, behind everybody who logged in.', () => {
  expect(judged(undefined)).toMatchObject({
    kind: 'enter',
    entry: { clientId: '', origin: 'backfill', urgency: 2, seen: undefined },
  });
});

test.each(LEDGER_STATES.filter((state) => !['gone'].includes(state)))(
  'Whoever is %s, with nothing changed, is left alone.',
  (state) => {
    expect(judged(known({ state }))).toMatchObject({ kind: 'skip' });
  },
);

test.each(['captured', 'copying', 'retrying', 'parked', 'conflict', 'excluded'] as const)(
  'Whoever is %s is left alone, whatever changed.',
  (state) => {
    expect(judged(known({ state, copiedDigest: 'old' }), 'hash')).toMatchObject({ kind: 'skip' });
  },
);

test('A changed profile is sent without a password, also where legacy hashes are.', () => {
  const judgement = judged(known({ copiedDigest: 'old' }), 'the hash');
  expect(judgement).toMatchObject({ kind: 'enter', drifted: false, entry: { clientId: 'app' } });
  expect(JSON.stringify(judgement)).not.toContain('the hash');
});

test('A hash is sent to whoever has no password at the target yet.', () => {
  expect(judged(known({ copiedFingerprint: null }), 'the hash')).toMatchObject({
    entry: { rehash: 'the hash' },
  });
});

test.each([
  ['disabled', 'gone'],
  ['locked', 'retrying'],
  ['must-change-password', 'retrying'],
] as const)('Somebody new who is %s is written down as %s and not sent.', (status, state) => {
  expect(judged(undefined, undefined, { ...user, status })).toMatchObject({ entry: { instead: { state } } });
});
