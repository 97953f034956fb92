import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Subject } from '../../src/domain/ids.ts';
import type { UserProfile } from '../../src/domain/user-profile.ts';
import type { PasswordCheck, Target, UserCopy } from '../../src/targets/target.ts';

/** One connector, set up for the contract, with a way to look behind it. */
export interface TargetUnderTest {
  readonly target: Target;
  /** Everybody at the target, as stored: `sub`, `email`, `name` and `hash`, ordered by `sub`. */
  people(): Promise<{ sub: string | null; email: string | null; name: string | null; hash: string | null }[]>;
  /** A user of the target's own, whom the bridge has never heard of. */
  addStranger(email: string): Promise<void>;
  /** The state of everything at the target, to see whether anything at all was changed. */
  fingerprint(): Promise<unknown>;
  close(): Promise<void>;
}

export const REHASH =
  '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$kDt3Qe2y0G1yqz1bY0yqz1bY0yqz1bY0yqz1bY0yqz0';
/** Stands for the strongroom: `the password` opens REHASH, and what is no hash cannot be read. */
export const checkPassword: PasswordCheck = async (encoded, password) => {
  if (!encoded.startsWith('$argon2id$')) return 'unreadable';
  const isRight = encoded === REHASH && Buffer.from(password).toString() === 'the password';
  return isRight ? 'match' : 'mismatch';
};
const OTHER_REHASH = REHASH.replace('kDt3', 'AAAA');

export function copyOf(sub: string, profile: UserProfile, rehash?: string): UserCopy {
  return { externalId: sub as Subject, profile, ...(rehash === undefined ? {} : { rehash }) };
}

const ada: UserProfile = { email: 'ada@example.com', name: 'Ada Lovelace' };

/** What every connector promises, whatever stands behind it. */
export function targetContract(open: () => Promise<TargetUnderTest>): void {
  let under: TargetUnderTest;
  beforeEach(async () => {
    under = await open();
  });
  afterEach(() => under.close());

  test('A person arrives with profile and rehash.', async () => {
    expect(await under.target.put(copyOf('sub-a', ada, REHASH))).toEqual({ kind: 'created' });
    expect(await under.people()).toEqual([
      { sub: 'sub-a', email: 'ada@example.com', name: 'Ada Lovelace', hash: REHASH },
    ]);
  });

  test('The same copy again changes nothing at all.', async () => {
    await under.target.put(copyOf('sub-a', ada, REHASH));
    const before = await under.fingerprint();
    expect(await under.target.put(copyOf('sub-a', ada, REHASH))).toEqual({ kind: 'updated' });
    expect(await under.fingerprint()).toEqual(before);
  });

  test('A later copy changes profile and hash of the same person.', async () => {
    await under.target.put(copyOf('sub-a', ada, REHASH));
    const married = { email: 'ada.king@example.com', name: 'Ada King' };
    expect(await under.target.put(copyOf('sub-a', married, OTHER_REHASH))).toEqual({ kind: 'updated' });
    expect(await under.people()).toEqual([{ sub: 'sub-a', ...married, hash: OTHER_REHASH }]);
  });

  test('A copy without a rehash leaves the password as it is.', async () => {
    await under.target.put(copyOf('sub-a', ada, REHASH));
    await under.target.put(copyOf('sub-a', { ...ada, name: 'A. L.' }));
    expect(await under.people()).toMatchObject([{ name: 'A. L.', hash: REHASH }]);
  });

  test('A claim that is gone is gone at the target too.', async () => {
    await under.target.put(copyOf('sub-a', ada, REHASH));
    await under.target.put(copyOf('sub-a', { email: 'ada@example.com' }));
    expect(await under.people()).toMatchObject([{ name: null }]);
    const before = await under.fingerprint();
    await under.target.put(copyOf('sub-a', { email: 'ada@example.com' }));
    expect(await under.fingerprint()).toEqual(before);
  });

  test.each(['ada@example.com', 'ADA@Example.com'])(
    'A stranger who holds the e-mail as %s is a conflict, and stays untouched.',
    async (email) => {
      await under.addStranger(email);
      const before = await under.fingerprint();
      const result = await under.target.put(copyOf('sub-a', ada, REHASH));
      expect(result).toMatchObject({ kind: 'conflict', reason: expect.stringContaining('email') });
      expect(JSON.stringify(result).toLowerCase()).not.toContain('ada@');
      expect(await under.fingerprint()).toEqual(before);
    },
  );

  test('Somebody whose e-mail changes to that of a stranger is a conflict, and keeps the old one.', async () => {
    await under.target.put(copyOf('sub-a', ada, REHASH));
    await under.addStranger('taken@example.com');
    const before = await under.fingerprint();
    const moved = { ...ada, email: 'Taken@example.com' };
    expect(await under.target.put(copyOf('sub-a', moved, OTHER_REHASH))).toMatchObject({ kind: 'conflict' });
    expect(await under.fingerprint()).toEqual(before);
  });

  test('Two copies of one person at once are one person.', async () => {
    const results = await Promise.all(
      Array.from({ length: 6 }, () => under.target.put(copyOf('sub-a', ada, REHASH))),
    );
    for (const { kind } of results) expect(['created', 'updated', 'retry']).toContain(kind);
    expect(results.filter(({ kind }) => kind === 'created')).toHaveLength(1);
    expect(await under.people()).toHaveLength(1);
  });

  test('External ids that differ in case alone are different people.', async () => {
    await under.target.put(copyOf('sub-a', ada, REHASH));
    const result = await under.target.put(copyOf('SUB-A', { email: 'other@example.com' }));
    // A target that cannot tell them apart must say so, and must not touch the other person.
    expect(['created', 'conflict']).toContain(result.kind);
    expect((await under.people()).find(({ sub }) => sub === 'sub-a')).toMatchObject(ada);
  });

  test.each([['O\'Brien \\ "x" `y`'], ['名前 😀 ß'], ["'); DROP TABLE users; --"], ['0'], [' spaces ']])(
    'A name like %s arrives as it is, and arrives once.',
    async (name) => {
      await under.target.put(copyOf('sub-a', { ...ada, name }));
      const before = await under.fingerprint();
      await under.target.put(copyOf('sub-a', { ...ada, name }));
      expect(await under.people()).toMatchObject([{ name }]);
      expect(await under.fingerprint()).toEqual(before);
    },
  );

  test('What would be sent is told field by field, the rehash without its value, and nothing is written.', async () => {
    const before = await under.fingerprint();
    const asked = { externalId: 'sub-a', profile: ada };
    const { fields, unsure } = await under.target.preview({ ...asked, rehash: true });
    expect(unsure).toBeUndefined();
    expect(fields).toContainEqual(expect.objectContaining({ value: 'sub-a' }));
    expect(fields).toContainEqual(expect.objectContaining({ value: 'ada@example.com' }));
    expect(fields.filter((field) => !('value' in field))).toHaveLength(1);
    const without = await under.target.preview({ ...asked, rehash: false });
    expect(without.fields).toEqual(fields.filter((field) => 'value' in field));
    expect(await under.fingerprint()).toEqual(before);
  });

  test('Many people at once arrive as they would one by one, each with an answer of their own.', async () => {
    const { putMany } = under.target;
    if (putMany === undefined) return;
    await under.addStranger('taken@example.com');
    await under.target.put(copyOf('sub-there', { email: 'there@example.com', name: 'There' }, REHASH));
    await under.target.put(copyOf('sub-old', { email: 'old@example.com', name: 'Old' }, REHASH));
    const copies = [
      copyOf('sub-1', { email: 'one@example.com', name: 'One' }, REHASH),
      copyOf('sub-there', { email: 'there@example.com', name: 'There' }),
      copyOf('sub-2', { email: 'two@example.com' }),
      copyOf('sub-old', { email: 'old@example.com', name: 'New' }),
      copyOf('sub-3', { email: 'TAKEN@example.com', name: 'Three' }),
      copyOf('sub-4', { email: 'Twice@example.com', name: 'First' }),
      copyOf('sub-5', { email: 'twice@example.com', name: 'Second' }),
    ];
    const results = await putMany(copies);
    expect(results.map(({ kind }) => kind)).toEqual([
      'created',
      'updated',
      'created',
      'updated',
      'conflict',
      'created',
      'conflict',
    ]);
    expect((await under.people()).filter(({ sub }) => sub !== null)).toEqual([
      { sub: 'sub-1', email: 'one@example.com', name: 'One', hash: REHASH },
      { sub: 'sub-2', email: 'two@example.com', name: null, hash: null },
      { sub: 'sub-4', email: 'Twice@example.com', name: 'First', hash: null },
      { sub: 'sub-old', email: 'old@example.com', name: 'New', hash: REHASH },
      { sub: 'sub-there', email: 'there@example.com', name: 'There', hash: REHASH },
    ]);
    const before = await under.fingerprint();
    await putMany(copies);
    expect(await under.fingerprint()).toEqual(before);
  });

  test('A healthy target passes its own check.', async () => {
    const results = await under.target.check();
    expect(results.filter(({ level }) => level !== 'ok')).toEqual([]);
    expect(results.length).toBeGreaterThan(2);
  });

  test('What it foresees is what a copy then comes to, and foreseeing changes nothing.', async () => {
    const { target } = under;
    if (target.foresee === undefined) return;
    await under.addStranger('taken@example.com');
    const taken = copyOf('sub-b', { ...ada, email: 'Taken@example.com' }, REHASH);
    const before = await under.fingerprint();
    expect(await target.foresee(copyOf('sub-a', ada, REHASH))).toEqual({ kind: 'would-create' });
    expect(await target.foresee(taken)).toMatchObject({ kind: 'conflict' });
    expect(await under.fingerprint()).toEqual(before);
    expect(await target.put(copyOf('sub-a', ada, REHASH))).toEqual({ kind: 'created' });
    expect(await target.put(taken)).toEqual(await target.foresee(taken));
    expect(await target.foresee(copyOf('sub-a', ada, REHASH))).toEqual({ kind: 'would-change-nothing' });
    expect(await target.foresee(copyOf('sub-a', ada, OTHER_REHASH))).toEqual({ kind: 'would-update' });
  });

  test('It lets in by the password that it has now, and knows whom it does not know.', async () => {
    const { target } = under;
    expect(target.verify !== undefined).toBe(target.capabilities.verify);
    if (target.verify === undefined) return;
    const verify = (sub: string, text: string) => target.verify?.(sub, Buffer.from(text));
    await target.put(copyOf('sub-a', ada, REHASH));
    expect(await verify('sub-a', 'the password')).toEqual({ kind: 'match' });
    expect(await verify('sub-a', 'another')).toEqual({ kind: 'mismatch' });
    expect(await verify('sub-b', 'the password')).toEqual({ kind: 'absent' });
    expect(await verify('SUB-A', 'the password')).toEqual({ kind: 'absent' });
    await target.put(copyOf('sub-a', ada, OTHER_REHASH));
    expect(await verify('sub-a', 'the password')).toEqual({ kind: 'mismatch' });
  });

  test('Somebody without a password there is let in by none.', async () => {
    const { target } = under;
    if (target.verify === undefined) return;
    await target.put(copyOf('sub-a', ada));
    expect(await target.verify('sub-a', Buffer.from(''))).toEqual({ kind: 'mismatch' });
  });
}

/** A connector that can lock people out and remove them, and a way to see whether it did. */
export interface LockOutUnderTest {
  readonly target: Target;
  /** By `sub`, whoever is there: true for those who may log in. */
  standing(): Promise<Record<string, boolean>>;
  close(): Promise<void>;
}

/** What every connector promises that can lock people out and remove them. */
export function lockOutContract(open: () => Promise<LockOutUnderTest>): void {
  let under: LockOutUnderTest;
  beforeEach(async () => {
    under = await open();
    await under.target.put(copyOf('sub-a', ada, REHASH));
    await under.target.put(copyOf('sub-b', { email: 'b@example.com', name: 'B' }, REHASH));
  });
  afterEach(() => under.close());

  test('Locking out and letting in again is one person’s matter, and may be said twice.', async () => {
    const { disable, enable } = under.target;
    for (let times = 0; times < 2; times += 1) expect(await disable?.('sub-a')).toEqual({ kind: 'updated' });
    expect(await under.standing()).toEqual({ 'sub-a': false, 'sub-b': true });
    for (let times = 0; times < 2; times += 1) expect(await enable?.('sub-a')).toEqual({ kind: 'updated' });
    expect(await under.standing()).toEqual({ 'sub-a': true, 'sub-b': true });
  });

  test('A later copy does not let somebody in whom the new platform or the bridge locked out.', async () => {
    await under.target.disable?.('sub-a');
    await under.target.put(copyOf('sub-a', { ...ada, name: 'A. L.' }));
    expect(await under.standing()).toEqual({ 'sub-a': false, 'sub-b': true });
  });

  test('Removing is one person’s matter, and may be said twice.', async () => {
    for (let times = 0; times < 2; times += 1) {
      expect(await under.target.remove?.('sub-a')).toEqual({ kind: 'updated' });
    }
    expect(await under.standing()).toEqual({ 'sub-b': true });
  });

  test('Locking out whoever is not there makes nobody.', async () => {
    expect(await under.target.disable?.('sub-c')).toEqual({ kind: 'updated' });
    expect(Object.keys(await under.standing())).toEqual(['sub-a', 'sub-b']);
  });
}
