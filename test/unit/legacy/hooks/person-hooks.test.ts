import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defineHooks, type Hooks } from '../../../../src/domain/hooks.ts';
import type { LegacyId } from '../../../../src/domain/ids.ts';
import { createPersonHooks } from '../../../../src/legacy/hooks/create-person-hooks.ts';
import { loadHooks } from '../../../../src/legacy/hooks/load-hooks.ts';
import { createLogger } from '../../../../src/runtime/logger.ts';

const PERSON = { directory: 'legacy', legacyId: '7' as LegacyId };
const PROFILE = { email: 'ann@example.com', email_verified: false, name: 'Ann' };

function run(hooks: Hooks) {
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line) => lines.push(line) });
  const options = { name: 'legacy', attributes: undefined, hookTimeoutMs: 30 };
  return { lines, hooks: createPersonHooks([{ options, hooks: defineHooks(hooks) }], logger) };
}

describe('A profile hook', () => {
  test('changes the profile of its directory, and of no other.', async () => {
    const { hooks } = run({
      attributes: { tier: { scope: 'loyalty' } },
      profile: ({ id, profile }) => ({ ...profile, nickname: `n${id}`, attributes: { tier: 'gold' } }),
    });
    expect(await hooks.transform(PERSON, PROFILE)).toEqual({
      kind: 'profile',
      profile: { ...PROFILE, nickname: 'n7', attributes: { tier: 'gold' } },
    });
    expect(await hooks.transform({ ...PERSON, directory: 'staff' }, PROFILE)).toEqual({
      kind: 'profile',
      profile: PROFILE,
    });
    expect(hooks.offered).toEqual([{ scope: 'loyalty', claim: 'tier', from: { attribute: 'tier' } }]);
  });

  test.each<[string, NonNullable<Hooks['profile']>, string]>([
    [
      'throws',
      () => {
        throw new TypeError('about ann@example.com');
      },
      'threw TypeError',
    ],
    ['rejects', async () => Promise.reject(new Error('ann@example.com')), 'threw Error'],
    ['hangs', () => new Promise(() => {}), 'took longer than 30 ms'],
    ['returns nothing', () => undefined as never, 'no profile'],
    ['returns rubbish', () => ({ email: 7, secret: 'ann@example.com' }) as never, 'no profile: email'],
    ['returns far too much', ({ profile }) => ({ ...profile, name: 'x'.repeat(9_999) }), 'no profile: name'],
    ['adds what nobody declared', () => ({ attributes: { other: 'x' } }), 'declare'],
  ])(
    'that %s fails for that person alone, with its name and no value in the log.',
    async (_, profile, why) => {
      const { hooks, lines } = run({ profile });
      expect(await hooks.transform(PERSON, PROFILE)).toEqual({ kind: 'failed', hook: 'profile' });
      expect(lines).toHaveLength(1);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({
        hook: 'profile',
        why: expect.stringContaining(why),
      });
      expect(lines.join()).not.toContain('ann@');
    },
  );

  test('is told when its time is over.', async () => {
    let aborted = false;
    const { hooks } = run({
      profile: (_person, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(signal.reason);
          });
        }),
    });
    await hooks.transform(PERSON, PROFILE);
    expect(aborted).toBe(true);
  });

  test('cannot change what others see of the profile.', async () => {
    const { hooks } = run({
      profile: ({ profile }) => {
        (profile as { name: string }).name = 'changed';
        throw new Error();
      },
    });
    await hooks.transform(PERSON, PROFILE);
    expect(PROFILE.name).toBe('Ann');
  });
});

describe('A login hook', () => {
  test('lets in, or turns away with a sentence; and sees the transformed profile and the client.', async () => {
    const { hooks } = run({
      profile: ({ profile }) => ({ ...profile, nickname: 'N' }),
      login: ({ clientId, profile }) =>
        clientId === 'shop' ? { refuse: `Not you, ${profile.nickname}.` } : undefined,
    });
    expect(await hooks.admit(PERSON, PROFILE, 'shop')).toEqual({ kind: 'refused', sentence: 'Not you, N.' });
    expect(await hooks.admit(PERSON, PROFILE, 'idp')).toMatchObject({ profile: { nickname: 'N' } });
  });

  test('that answers neither way fails that login.', async () => {
    for (const answer of [true, { refuse: '' }, { refuse: 'x'.repeat(501) }, { allow: true }]) {
      const { hooks, lines } = run({ login: () => answer as never });
      expect(await hooks.admit(PERSON, PROFILE, 'idp')).toEqual({ kind: 'failed', hook: 'login' });
      expect(lines.join()).toContain('"hook":"login"');
    }
  });
});

describe('A hooks file', () => {
  const file = (name: string, text: string) => {
    const path = join(mkdtempSync(join(tmpdir(), 'hooks-')), name);
    writeFileSync(path, text);
    return path;
  };

  test('may be TypeScript or JavaScript.', async () => {
    const ts = file('hooks.ts', 'const refuse: string = "no"; export default { login: () => ({ refuse }) };');
    const js = file('hooks.mjs', 'export default { profile: (person) => person.profile };');
    expect(Object.keys(await loadHooks(ts))).toEqual(['login']);
    expect(Object.keys(await loadHooks(js))).toEqual(['profile']);
  });

  test.each([
    ['export const profile = () => {};', 'as its default'],
    ['export default { profiel: () => {} };', 'as its default'],
    ['export default { attributes: { sub: { scope: "x" } } };', 'attributes.sub'],
    ['throw new Error("secret");', 'cannot be loaded'],
    ['export default {', 'cannot be loaded'],
  ])('that is %j is refused when the bridge starts.', async (text, sentence) => {
    const loading = loadHooks(file('hooks.mjs', text));
    await expect(loading).rejects.toMatchObject({
      code: 'configuration_invalid',
      message: expect.stringContaining(sentence),
    });
  });
});
