import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DemoConfig } from '../../../src/demo/configuration.ts';
import { runDemo } from '../../../src/demo/demo.ts';
import { PEOPLE } from '../../../src/demo/people.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { systemRandom } from '../../../src/runtime/random.ts';
import { type FakeBridgeOptions, phc, startFakeBridge } from '../../support/fake-bridge.ts';
import { until } from '../../support/until.ts';

const THREE = PEOPLE.slice(0, 3);
const silent = createLogger('silent');
const never = () => new Promise<void>(() => {});

/** Runs the story for three people with a bridge that behaves as told. */
async function tell(bridge: Partial<FakeBridgeOptions> = {}, seen: (config: DemoConfig) => void = () => {}) {
  const lines: string[] = [];
  const code = await runDemo(
    { once: true, out: (text) => lines.push(text) },
    {
      startBridge(config) {
        seen(config);
        return startFakeBridge(config, { people: THREE, ...bridge });
      },
      logger: silent,
      random: systemRandom,
      untilStopped: never,
      people: THREE,
      patienceMs: 300,
    },
  );
  return { code, text: lines.join('\n') };
}

const folderOf = (config: DemoConfig) => dirname(config.store.slice('sqlite:'.length));

test('When all of it holds, the story ends with 0 and its folder is gone.', async () => {
  let folder = '';
  const { code, text } = await tell({}, (config) => {
    folder = folderOf(config);
    expect(readdirSync(folder)).toContain('legacy.sqlite');
  });
  expect(text).toContain('All of it held.');
  expect(text).toMatch(/Anna Berg +md5\(\$pass\) +yes +yes +yes +yes +yes +yes\n/);
  expect(code).toBe(0);
  expect(() => readdirSync(folder)).toThrow('ENOENT');
});

test.each<[string, Partial<FakeBridgeOptions>, string]>([
  ['a copy that never arrives', { rehash: async () => undefined }, 'bruno, copy: no password hash'],
  [
    'a hash of something else',
    { rehash: () => phc('something else') },
    'anna, argon2id: the hash is not one of this',
  ],
  [
    'a hash that is not argon2id',
    { rehash: async () => '$2y$10$abc' },
    'anna, argon2id: the hash is not argon2id',
  ],
  ['a bridge that lets everybody in', { accepts: () => true }, 'anna, wrong password at the bridge: a wrong'],
  ['a bridge that lets nobody in', { accepts: () => false }, 'anna, login: the bridge answered 200 and kept'],
])('The story tells of %s and ends with 1.', async (_, bridge, sentence) => {
  const { code, text } = await tell(bridge);
  expect(text).toContain(sentence);
  expect(text).toContain('Not all of it held.');
  expect(code).toBe(1);
});

test('A bridge that writes to the legacy table is found out.', async () => {
  let file = '';
  const { code, text } = await tell(
    {
      async rehash({ password }) {
        const legacy = new Database(file);
        legacy.exec('update users set is_logged = 1');
        legacy.close();
        return phc(password);
      },
    },
    (config) => {
      file = config.legacy.url.slice('sqlite:'.length);
    },
  );
  expect(text).toContain('The legacy table is as it was: NO');
  expect(code).toBe(1);
});

test('A bridge that does not start leaves no folder and no port behind.', async () => {
  let config: DemoConfig | undefined;
  await expect(
    runDemo(
      { once: false, out: () => {} },
      {
        startBridge: async (given) => {
          config = given;
          throw new Error('no bridge today');
        },
        logger: silent,
        random: systemRandom,
        untilStopped: never,
        people: THREE,
      },
    ),
  ).rejects.toThrow('no bridge today');
  expect(() => readdirSync(folderOf(config as DemoConfig))).toThrow('ENOENT');
  await expect(fetch(config?.clients[0]?.redirect_uris[0] ?? '')).rejects.toThrow();
});

let kept: string;
beforeEach(() => {
  kept = mkdtempSync(join(tmpdir(), 'footbridge-kept-'));
});
afterEach(() => rmSync(kept, { recursive: true }));

test('It says where to go and whom to log in as, and ends in order when it is stopped.', async () => {
  const lines: string[] = [];
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const run = runDemo(
    { once: false, folder: kept, out: (text) => lines.push(text) },
    {
      startBridge: (config) => startFakeBridge(config, { people: THREE }),
      logger: silent,
      random: systemRandom,
      untilStopped: () => stopped,
      people: THREE,
    },
  );
  const text = await until('it has said where to go', () => lines[0]);
  const origin = /Start here +(\S+)/.exec(text)?.[1] ?? '';
  expect((await fetch(origin)).status).toBe(200);
  for (const { login, password } of THREE)
    expect(text).toMatch(new RegExp(`^ +${login} .*${password}$`, 'm'));
  stop();
  expect(await run).toBe(0);
  await expect(fetch(origin)).rejects.toThrow();
  expect(readdirSync(join(kept, readdirSync(kept)[0] ?? ''))).toContain('legacy.sqlite');
});
