import { createRateLimiter, type RateLimiter } from '../store/rate-limiter.ts';
import type { Store } from '../store/store.ts';
import type { TargetRates } from './target-rates.ts';

/**
 * Counts in the store, in windows of about a second, so that one limit holds over all instances.
 *
 * @param digestKey 32 bytes, the same in every instance
 * @param targets copies a second by target's name; a target without a figure has no limit
 */
export async function createTargetRates(
  store: Store,
  digestKey: Uint8Array,
  targets: Readonly<Record<string, { readonly ratePerSecond?: number | undefined }>>,
): Promise<TargetRates> {
  const limiters = new Map<string, RateLimiter>();
  for (const [target, { ratePerSecond }] of Object.entries(targets)) {
    if (ratePerSecond === undefined) continue;
    limiters.set(
      target,
      await createRateLimiter(store, digestKey, { name: `rate:${target}`, ...windowOf(ratePerSecond) }),
    );
  }
  return {
    async take(target) {
      const taken = await limiters.get(target)?.take(target);
      return taken?.waitMs ?? 0;
    },
  };
}

/** Whole copies in a window of a second or a little more: 2.5 a second are 2 in 0.8 s, 0.1 a second is 1 in 10 s. */
function windowOf(rate: number): { events: number; seconds: number } {
  const events = Math.max(1, Math.floor(rate));
  return { events, seconds: events / rate };
}
