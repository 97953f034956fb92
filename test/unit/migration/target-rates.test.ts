import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTargetRates } from '../../../src/migration/create-target-rates.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { openMemoryStore } from '../../support/test-ledger.ts';

const KEY = Buffer.alloc(32);

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 }));
afterEach(() => vi.useRealTimers());

test.each([
  [3, 3, 1_000],
  [2.5, 2, 800],
  [0.1, 1, 10_000],
])('A rate of %d a second lets %i through in %i ms.', async (rate, points, windowMs) => {
  const store = await openMemoryStore(systemClock);
  const limited = { new: { ratePerSecond: rate } };
  const instances = [
    await createTargetRates(store, KEY, limited),
    await createTargetRates(store, KEY, limited),
  ];
  for (let window = 0; window < 2; window += 1) {
    const waits = await Promise.all(
      Array.from({ length: 8 }, (_, n) => instances[n % 2]?.take('new') ?? Promise.reject()),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(points);
    expect(Math.max(...waits)).toBe(windowMs);
    expect(await instances[0]?.take('unlimited')).toBe(0);
    vi.advanceTimersByTime(windowMs);
    vi.setSystemTime(Date.now() + windowMs);
  }
  await store.close();
});

test('A store that fails is no permission.', async () => {
  const store = await openMemoryStore(systemClock);
  const rates = await createTargetRates(store, KEY, { new: { ratePerSecond: 1 } });
  await store.close();
  await expect(rates.take('new')).rejects.toThrow();
});
