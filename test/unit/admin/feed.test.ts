import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFeed, type Feed } from '../../../src/admin/api/feed.ts';
import { createLogger } from '../../../src/runtime/logger.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000);

function feedOf(read: () => Promise<number>, clock: () => number = () => 0): Feed<number> {
  return createFeed({ read, logger: createLogger('silent'), clock });
}

test('One look-up a second serves all who listen; each is told the latest at once, and what changes.', async () => {
  let [value, asked] = [1, 0];
  const feed = feedOf(async () => {
    asked += 1;
    return value;
  });
  const [first, second]: [number[], number[]] = [[], []];
  const stops = [feed.listen((data) => first.push(data))];
  await seconds(0);
  stops.push(feed.listen((data) => second.push(data)));
  expect(second).toEqual([1]);
  await seconds(5);
  expect(asked).toBe(6);
  value = 2;
  await seconds(1);
  expect([first, second]).toEqual([
    [1, 2],
    [1, 2],
  ]);
  expect(feed.listeners).toBe(2);
  for (const stop of stops) stop();
});

test('Nobody asks while nobody listens, and whoever comes then is told nothing stale.', async () => {
  let [value, asked] = [1, 0];
  const feed = feedOf(async () => {
    asked += 1;
    return value;
  });
  const told: number[] = [];
  const stop = feed.listen((data) => told.push(data));
  await seconds(0);
  stop();
  await seconds(60);
  expect(asked).toBe(1);
  value = 2;
  const stopAgain = feed.listen((data) => told.push(data));
  await seconds(0);
  expect(told).toEqual([1, 2]);
  stopAgain();
});

test('A look-up that fails is tried again, and one that takes long is made more seldom.', async () => {
  let [asked, time] = [0, 0];
  const feed = feedOf(
    async () => {
      asked += 1;
      if (asked === 1) throw new Error('out');
      time += 2_000;
      return asked;
    },
    () => time,
  );
  const told: number[] = [];
  const stop = feed.listen((data) => told.push(data));
  await seconds(1);
  expect(told).toEqual([2]);
  await seconds(19);
  expect(asked).toBe(2);
  await seconds(1);
  expect(told).toEqual([2, 3]);
  stop();
});
