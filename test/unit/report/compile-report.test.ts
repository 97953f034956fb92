import { beforeEach, expect, test } from 'vitest';
import type { RegisteredClient } from '../../../src/clients/client.ts';
import type { PersonRef, Subject } from '../../../src/domain/ids.ts';
import { createStandings } from '../../../src/ledger/create-standings.ts';
import { createLedgerSteward } from '../../../src/ledger/create-steward.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { LegacyUser } from '../../../src/legacy/directory.ts';
import { createPersons } from '../../../src/login/persons.ts';
import { compileReport } from '../../../src/report/compile-report.ts';
import { renderMarkdown } from '../../../src/report/render-markdown.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  digests,
  type FakeDirectory,
  fakeDirectory,
  legacyUser,
  loginOf,
} from '../../support/test-courier.ts';
import {
  ledgerOn,
  openMemoryStore,
  person,
  type StoppedClock,
  stoppedClock,
  withoutRehash,
} from '../../support/test-ledger.ts';

const DAY = 86_400_000;

let time: StoppedClock;
let store: Store;
let ledger: Ledger;
let directory: FakeDirectory;
let mode: string;
beforeEach(async () => {
  time = stoppedClock();
  store = await openMemoryStore(time.clock);
  ledger = ledgerOn(store);
  directory = fakeDirectory();
  // In pages of two, as a real one has pages.
  directory.scan = async (after = '0') => {
    const rows = [...directory.users.values()].slice(Number(after), Number(after) + 2);
    const end = Number(after) + 2;
    return { rows, next: end < directory.users.size ? String(end) : undefined };
  };
  mode = 'lazy';
});

const subjectOf = ({ legacyId }: PersonRef) => `sub-${legacyId}` as Subject;

function add(id: number, changes: Partial<LegacyUser> = {}): LegacyUser {
  const user = { ...legacyUser(id), ...changes };
  directory.users.set(user.id, user);
  return user;
}
async function login(user: LegacyUser, capture = true): Promise<void> {
  const ref = person(user.id);
  await createPersons(store).remember(subjectOf(ref), ref);
  if (capture) await ledger.capture(loginOf(user));
}
async function settleAll(kind: 'copied' | 'parked' | 'stale' | 'gone'): Promise<void> {
  for (const claim of await ledger.claim({ target: 'new', limit: 100, leaseMs: 60_000 })) {
    const settlement = kind === 'copied' ? { kind, profileDigest: 'd' } : { kind, reason: 'too long' };
    await ledger.settle(claim, settlement);
  }
}
const compile = (examples = 10, withNames = false) =>
  compileReport(
    { target: 'new', examples, withNames },
    {
      issuer: 'https://login.example.com',
      directories: [directory],
      standings: createStandings({ store }),
      clients: {
        list: async () => [
          {
            metadata: { client_id: 'app' },
            migration: { mode, target: 'new', percent: 100 },
          } as unknown as RegisteredClient,
        ],
      },
      digests,
      subjectOf,
      schemeOf: ({ encoded }) => ({ scheme: 'bcrypt', unverifiable: encoded === '?' }),
      now: time.clock(),
    },
  );
const standings = async () => (await compile()).groups.map(({ standing, people }) => `${people} ${standing}`);

test('Everybody in the legacy directory is counted once, by where they stand.', async () => {
  for (const id of [1, 2]) await login(add(id));
  await settleAll('copied');
  add(2, { credential: { encoded: 'changed in legacy', scheme: 'auto' } });
  await ledger.capture(withoutRehash(loginOf(add(3), { origin: 'backfill' })));
  await settleAll('copied');
  await login(add(4));
  await settleAll('parked');
  await login(add(5));
  await settleAll('stale');
  await login(add(6));
  await settleAll('gone');
  await createLedgerSteward({ store }).exclude(
    'new',
    { ...person(add(7).id), subject: 'sub-7' as Subject },
    'No.',
    'test',
  );
  await login(add(8), false);
  add(9);
  add(10, { status: 'disabled' });
  await login(add(11));
  expect(await standings()).toEqual([
    '1 across',
    '1 without-password',
    '1 password-changed',
    '1 waiting',
    '1 needs-admin',
    '1 stale',
    '1 gone',
    '1 excluded',
    '1 not-captured',
    '1 never-seen',
    '1 disabled',
  ]);
});

test('A table that nobody needs any more can be switched off.', async () => {
  mode = 'cutover';
  await login(add(1));
  await settleAll('copied');
  add(2, { status: 'disabled' });
  const report = await compile();
  expect(report).toMatchObject({ verdict: 'ready', breaks: [], people: 2, across: 1 });
  expect(renderMarkdown(report)).toContain('**Yes: nobody would be kept out.**');
});

test('What would break is said in sentences, the clients first.', async () => {
  await login(add(1));
  add(2, { credential: { encoded: '?', scheme: 'auto' } });
  const { verdict, breaks } = await compile();
  expect(verdict).toBe('not-ready');
  expect(breaks).toEqual([
    'People could not log in at app: in mode lazy passwords are still verified against the legacy table, at least for some people or apps.',
    '1 person: logged in within 30 days, and could not log in with the password of today.',
    '1 person: captured and not copied yet; start the courier, or wait.',
    '1 person: never logged in at the bridge; only a backfill or a new password brings them.',
    '1 person: among these, with a password that no scheme reads; they cannot log in today either.',
  ]);
});

test('Last logins fall into spans, and who came to the bridge long ago is not among the active.', async () => {
  await login(add(1), false);
  time.pass(31 * DAY);
  await login(add(2), false);
  const { groups } = await compile();
  expect(groups.map(({ lastLogin }) => lastLogin)).toEqual(['30 days', '90 days']);
});

test('Nothing but legacy ids is told of a person unless names are asked for, and only as many as wanted.', async () => {
  for (const id of [1, 2, 3]) add(id);
  expect(JSON.stringify(await compile())).not.toContain('@example.com');
  const { examples } = await compile(2);
  expect(examples).toEqual([
    {
      standing: 'never-seen',
      reason: null,
      people: [
        { directory: 'legacy', legacyId: '1' },
        { directory: 'legacy', legacyId: '2' },
      ],
    },
  ]);
  expect((await compile(1, true)).examples[0]?.people[0]?.name).toBe('person-1@example.com');
});

test('A reason or a name is text in the Markdown, never markup.', async () => {
  add(1, { profile: { preferred_username: '[x](https://evil)|<b>' } });
  expect(renderMarkdown(await compile(1, true))).toContain('\\[x\\](https://evil)\\|\\<b\\>');
});
