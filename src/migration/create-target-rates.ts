import { RateLimiterMySQL, RateLimiterRes, RateLimiterSQLite } from 'rate-limiter-flexible';
import type { Store, StoreDriver } from '../store/store.ts';
import type { TargetRates } from './target-rates.ts';

export interface TargetRatesDependencies {
  readonly store: Store;
  /** Copies a second by target; a target that is not named has no limit. */
  readonly ratePerSecond: ReadonlyMap<string, number>;
}

/** Counts in the store, in windows of about a second. The windows are of the instances' clocks: keep those in step. */
export async function createTargetRates({
  store,
  ratePerSecond,
}: TargetRatesDependencies): Promise<TargetRates> {
  const limiterOf = await limiters(store);
  const limits = new Map([...ratePerSecond].map(([target, rate]) => [target, limiterOf(rate)]));
  return {
    async take(target) {
      try {
        await limits.get(target)?.consume(target);
        return 0;
      } catch (refusal) {
        // The library rejects with its answer when the rate is used up, and with an error when the store fails.
        if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext);
        throw refusal;
      }
    },
  };
}

async function limiters(store: Store) {
  const common = {
    tableName: 'target_rate',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: '',
  };
  const { driver } = store;
  if (driver.kind === 'sqlite') {
    const client = { storeClient: driver.database, storeType: 'better-sqlite3' };
    return (rate: number) => new RateLimiterSQLite({ ...common, ...client, ...windowOf(rate) });
  }
  const client = { storeClient: driver.pool, storeType: 'pool', dbName: await nameOf(driver) };
  return (rate: number) => new RateLimiterMySQL({ ...common, ...client, ...windowOf(rate) });
}

/** Whole copies in a window of a second or a little more: 2.5 a second are 2 in 0.8 s, 0.1 a second is 1 in 10 s. */
function windowOf(rate: number): { points: number; duration: number } {
  const points = Math.max(1, Math.floor(rate));
  return { points, duration: points / rate };
}

/** The library names the database in every statement. */
async function nameOf({ pool }: Extract<StoreDriver, { kind: 'mysql' }>): Promise<string> {
  const [rows] = await pool.promise().query('select database() as name');
  return (rows as { name: string }[])[0]?.name ?? '';
}
