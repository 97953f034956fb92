import { expect, test, vi } from 'vitest';
import { BridgeError } from '../../../../src/domain/errors.ts';
import type { LegacyId } from '../../../../src/domain/ids.ts';
import type { FindResult, LegacyDirectory, LegacyUser } from '../../../../src/legacy/directory.ts';
import { createDirectories } from '../../../../src/legacy/matching/create-directories.ts';

const id = '7' as LegacyId;
const userOf = (directory: string): LegacyUser => ({
  directory,
  id,
  status: 'active',
  credential: { encoded: `hash in ${directory}`, scheme: 'auto' },
  profile: {},
});

function directoryThat(name: string, answer: () => FindResult | Promise<FindResult>): LegacyDirectory {
  return {
    name,
    find: vi.fn(async () => answer()),
    findById: vi.fn(async () => userOf(name)),
    sampleCredentials: async () => [userOf(name).credential],
    ping: async () => {
      if ((await answer()).kind === 'unavailable') throw new BridgeError('legacy_unavailable', 'It is out.');
    },
    check: async () => [{ level: 'ok', about: 'legacy.login.email', found: 'It is unique.' }],
    close: vi.fn(async () => {}),
  } as Partial<LegacyDirectory> as LegacyDirectory;
}

const found = (name: string) => directoryThat(name, () => ({ kind: 'found', user: userOf(name) }));
const none = (name: string) => directoryThat(name, () => ({ kind: 'none' }));
const out = (name: string) => directoryThat(name, () => ({ kind: 'unavailable', cause: new Error('out') }));
const twins = (name: string) =>
  directoryThat(name, () => ({ kind: 'ambiguous', directory: name, legacyIds: [id] }));

test('The first directory that knows the name decides, and says which one it is.', async () => {
  const find = (...list: LegacyDirectory[]) => createDirectories(list).find('anna');
  expect(await find(found('customers'), found('staff'))).toMatchObject({ user: { directory: 'customers' } });
  expect(await find(none('customers'), found('staff'))).toMatchObject({ user: { directory: 'staff' } });
  expect(await find(none('customers'), none('staff'))).toEqual({ kind: 'none' });
});

test('Nobody behind a directory that is out or ambiguous is let in: it may be a namesake.', async () => {
  const find = (...list: LegacyDirectory[]) => createDirectories(list).find('anna');
  expect(await find(out('customers'), found('staff'))).toMatchObject({ kind: 'unavailable' });
  expect(await find(twins('customers'), found('staff'))).toMatchObject({ directory: 'customers' });
  expect(await find(none('customers'), out('staff'))).toMatchObject({ kind: 'unavailable' });
  expect(await find(found('customers'), out('staff'))).toMatchObject({ user: { directory: 'customers' } });
});

test('A later directory that hangs holds up nobody of an earlier one for long.', async () => {
  const hanging = directoryThat('staff', () => new Promise<FindResult>(() => {}));
  expect(await createDirectories([found('customers'), hanging]).find('anna')).toMatchObject({
    kind: 'found',
  });
});

test('All directories are asked whoever decides, so that the time does not tell who is where.', async () => {
  const staff = none('staff');
  await createDirectories([found('customers'), staff]).find('anna');
  expect(staff.find).toHaveBeenCalledWith('anna', undefined);
  const slow = Promise.withResolvers<FindResult>();
  const answer = createDirectories([found('customers'), directoryThat('staff', () => slow.promise)]).find(
    'anna',
  );
  let answered = false;
  void answer.then(() => {
    answered = true;
  });
  await new Promise((done) => setImmediate(done));
  expect(answered).toBe(false);
  slow.resolve({ kind: 'none' });
  expect(await answer).toMatchObject({ kind: 'found' });
});

test('A person is read again in their own directory alone.', async () => {
  const [customers, staff] = [found('customers'), found('staff')];
  const directories = createDirectories([customers, staff]);
  expect(await directories.findPerson({ directory: 'staff', legacyId: id })).toEqual(userOf('staff'));
  expect(customers.findById).not.toHaveBeenCalled();
  expect(await directories.findPerson({ directory: 'gone', legacyId: id })).toBeUndefined();
});

test('What concerns all of them is asked of all of them.', async () => {
  const list = [found('customers'), found('staff')];
  const directories = createDirectories(list);
  expect((await directories.sampleCredentials(5)).map(({ encoded }) => encoded)).toEqual([
    'hash in customers',
    'hash in staff',
  ]);
  expect((await directories.check()).map(({ about }) => about)).toEqual([
    'legacy.customers.login.email',
    'legacy.staff.login.email',
  ]);
  await directories.close();
  for (const { close } of list) expect(close).toHaveBeenCalledOnce();
  await expect(createDirectories([found('customers'), out('staff')]).ping()).rejects.toThrow('It is out.');
});
