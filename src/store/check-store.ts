import { existsSync } from 'node:fs';
import type { CheckResult } from '../domain/check.ts';
import { BridgeError } from '../domain/errors.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Secret } from '../runtime/secret.ts';
import { openStoreToRead } from './open-store.ts';
import { pendingUpgrades } from './upgrade.ts';

export interface StoreCheck {
  /** `current`: it is there and up to date, so that its records can be read. */
  readonly state: 'missing' | 'outdated' | 'current' | 'unusable';
  readonly result: CheckResult;
}

/** What `footbridge check` has to say about the bridge's own database. Changes nothing in it. */
export async function checkStore(url: Secret, clock: Clock): Promise<StoreCheck> {
  const about = 'store';
  const file = url.reveal().match(/^sqlite:(.+)$/)?.[1];
  if (file !== undefined && file !== ':memory:' && !existsSync(file)) {
    return {
      state: 'missing',
      result: { level: 'ok', about, found: `${file} will be made at the first start.` },
    };
  }
  const store = openStoreToRead(url, clock);
  try {
    const pending = await pendingUpgrades(store.db, store.kind);
    const found = `The store answers (${store.kind})`;
    if (pending.length === 0)
      return { state: 'current', result: { level: 'ok', about, found: `${found} and is up to date.` } };
    const later = `${found}; its tables will be brought up to date at the next start.`;
    return { state: 'outdated', result: { level: 'ok', about, found: later } };
  } catch (error) {
    const { code = 'no answer' } = (error instanceof BridgeError ? error.cause : error) as { code?: string };
    const found = `The bridge's own database cannot be used (${code}).`;
    const remedy =
      'Check that the server runs, and that host, database, user and password in "store" are right.';
    return { state: 'unusable', result: { level: 'error', about, found, remedy } };
  } finally {
    await store.close();
  }
}
