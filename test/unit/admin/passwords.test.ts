import { afterEach, expect, test } from 'vitest';
import type { StewardsDesk } from '../../../src/admin/desk.ts';
import type { WriteBackResult } from '../../../src/writeback/write-back.ts';
import { type AdminWorld, startAdmin } from '../../support/admin-world.ts';

let world: AdminWorld;
afterEach(() => world.close());

const WRITTEN: WriteBackResult = {
  kind: 'written',
  scheme: 'bcrypt',
  credential: { encoded: 'the new hash', scheme: 'auto' },
};
const token = 'writes-passwords';
const body = { directory: 'legacy', legacyId: '1', password: 'a new secret' };

function writingBack(result: WriteBackResult, waitMs = 0) {
  const written: { person: unknown; password: string }[] = [];
  const writeBack: StewardsDesk['writeBack'] = {
    async write(person, password) {
      written.push({ person, password: Buffer.from(password).toString() });
      return result;
    },
    limiter: { take: async () => ({ waitMs }) },
  };
  return { written, writeBack };
}

const post = (change: object = {}, headers = {}) =>
  world.api('POST', '/passwords', { token, body: { ...body, ...change }, headers });

test('A password is written for a person by their key, byte for byte, and the answer says how.', async () => {
  const { written, writeBack } = writingBack(WRITTEN);
  world = await startAdmin({ desk: { writeBack } });
  const { directory } = world;
  const password = ' Pässwort\t🔐 ';
  const answer = await post({ directory: directory.name, password });
  expect(answer).toMatchObject({ status: 200, json: { written: true, scheme: 'bcrypt' } });
  expect(written).toEqual([{ person: { directory: directory.name, legacyId: '1' }, password }]);
});

test('A key for repeating is no reason to keep anything of the request.', async () => {
  const { written, writeBack } = writingBack(WRITTEN);
  world = await startAdmin({ desk: { writeBack } });
  const change = { directory: world.directory.name };
  for (const password of ['one', 'other']) {
    expect((await post({ ...change, password }, { 'Idempotency-Key': 'same' })).status).toBe(200);
  }
  expect(written.map(({ password }) => password)).toEqual(['one', 'other']);
  expect(await world.store.db.selectFrom('artifact').selectAll().execute()).toEqual([]);
});

test('Each way in which it is not written has a status and a word of its own.', async () => {
  const cases: [WriteBackResult, number, string][] = [
    [{ kind: 'off' }, 404, 'write_back_off'],
    [{ kind: 'unknown-person' }, 404, 'not_found'],
    [{ kind: 'changed-meanwhile' }, 409, 'changed_meanwhile'],
    [{ kind: 'refused', what: 'scheme', reason: 'Why.' }, 422, 'password_scheme'],
    [{ kind: 'refused', what: 'column', reason: 'Why.' }, 422, 'password_column'],
  ];
  for (const [result, status, code] of cases) {
    world = await startAdmin({ desk: { writeBack: writingBack(result).writeBack } });
    expect(await post({ directory: world.directory.name })).toMatchObject({ status, json: { code } });
    await world.close();
  }
  world = await startAdmin();
  expect(await post()).toMatchObject({ status: 404, json: { code: 'write_back_off' } });
  await world.close();
  world = await startAdmin({ desk: { writeBack: writingBack(WRITTEN, 5_000).writeBack } });
  const late = await post({ directory: world.directory.name });
  expect(late).toMatchObject({ status: 429 });
  expect(late.headers.get('retry-after')).toBe('5');
});

test('A request that names nobody, or two, or no password that could be typed, is refused.', async () => {
  const { written, writeBack } = writingBack(WRITTEN);
  world = await startAdmin({ desk: { writeBack } });
  for (const change of [
    { sub: 'x' },
    { legacyId: undefined },
    { password: '' },
    { password: 'a\0b' },
    { password: '\ud800' },
    { password: 7 },
    { more: 1 },
  ]) {
    expect((await post(change)).status).toBe(400);
  }
  expect((await post({ directory: 'other' })).status).toBe(404);
  expect((await post({ directory: world.directory.name, target: 'other' })).status).toBe(400);
  expect(written).toEqual([]);
});

test('Only the scope that is made for it will do, and it does for nothing else.', async () => {
  const { writeBack } = writingBack(WRITTEN);
  world = await startAdmin({ desk: { writeBack } });
  expect((await world.api('POST', '/passwords', { body })).status).toBe(403);
  expect((await world.api('GET', '/clients', { token })).status).toBe(403);
  expect((await world.api('POST', '/keys', { token })).status).toBe(403);
});
