import { beforeEach, expect, test } from 'vitest';
import { createFindPeople } from '../../../src/admin/work/find-people.ts';
import { BridgeError } from '../../../src/domain/errors.ts';
import type { LegacyId, Subject } from '../../../src/domain/ids.ts';
import { createLedgerSteward } from '../../../src/ledger/create-steward.ts';
import { createDirectories } from '../../../src/legacy/matching/create-directories.ts';
import { fakeDirectory, legacyUser } from '../../support/test-courier.ts';
import { captureOf, ledgerOn, openMemoryStore, stoppedClock } from '../../support/test-ledger.ts';

let customers: ReturnType<typeof fakeDirectory>;
let staff: ReturnType<typeof fakeDirectory>;
let find: ReturnType<typeof createFindPeople>;
const seen = new Map<string, { directory: string; legacyId: LegacyId }>();

function directory(name: string) {
  const one = { ...fakeDirectory(), name, out: false };
  const unavailable = () => new BridgeError('legacy_unavailable', `${name} is out.`);
  one.find = async (login) => {
    if (one.out) return { kind: 'unavailable', cause: unavailable() };
    const user = [...one.users.values()].find(({ profile }) => profile.preferred_username === login);
    return user === undefined ? { kind: 'none' } : { kind: 'found', user };
  };
  one.findById = async (id) => {
    if (one.out) throw unavailable();
    return one.users.get(id);
  };
  return one;
}

function live(one: typeof customers, id: string, preferred_username: string) {
  one.users.set(id, { ...legacyUser(id, { preferred_username }), directory: one.name });
}
const refs = async (text: string, where?: string) =>
  (await find(text, where)).items.map(({ directory: name, legacyId, by }) => [name, legacyId, ...by]);

beforeEach(async () => {
  seen.clear();
  [customers, staff] = [directory('customers'), directory('staff')];
  const store = await openMemoryStore(stoppedClock().clock);
  await ledgerOn(store).capture(
    captureOf(7, {
      person: { directory: 'staff', legacyId: '7' as LegacyId },
      externalId: 'sub-7' as Subject,
    }),
  );
  find = createFindPeople({
    directories: createDirectories([customers, staff]),
    steward: createLedgerSteward({ store }),
    subjectOf: ({ legacyId }) => `sub-${legacyId}` as Subject,
    findSubject: async (subject) => seen.get(subject),
  });
});

test('Namesakes of every directory are found, whom a login would never reach.', async () => {
  live(customers, '1', 'anna');
  live(staff, '2', 'anna');
  expect(await refs('anna')).toEqual([
    ['customers', '1', 'login'],
    ['staff', '2', 'login'],
  ]);
  expect(await refs('anna', 'staff')).toEqual([['staff', '2', 'login']]);
});

test('A text that is the name of one and the key of another finds both; nobody twice.', async () => {
  live(customers, '2', '7');
  live(staff, '7', '7');
  expect(await refs('7')).toEqual([
    ['customers', '2', 'login'],
    ['staff', '7', 'login', 'legacyId'],
  ]);
});

test('A sub is found by the logins that were seen, and by the ledger.', async () => {
  seen.set('s-9', { directory: 'customers', legacyId: '9' as LegacyId });
  expect(await refs('s-9')).toEqual([['customers', '9', 'sub']]);
  expect(await refs('sub-7')).toEqual([['staff', '7', 'sub']]);
  expect(await refs('sub-7', 'customers')).toEqual([]);
});

test('A directory that is out is named, and hides nobody of the others.', async () => {
  live(customers, '1', 'anna');
  staff.out = true;
  expect(await find('anna')).toMatchObject({ items: [{ legacyId: '1' }], unavailable: ['staff'] });
  expect(await find('7')).toMatchObject({
    items: [{ legacyId: '7', status: undefined, targets: [{ target: 'new', state: 'captured' }] }],
    unavailable: ['staff'],
  });
});

test('A fault that is no outage is not taken for one.', async () => {
  customers.findById = async () => {
    throw new TypeError('broken');
  };
  await expect(find('anna')).rejects.toThrow('broken');
});
