import { existsSync } from 'node:fs';
import type { CheckResult } from '../domain/check.ts';
import { BridgeError } from '../domain/errors.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Secret } from '../runtime/secret.ts';
import { openStore } from './open-store.ts';
import { pendingUpgrades } from './upgrade.ts';

/** What `footbridge check` has to say about the bridge's own database. Changes nothing in it. */
export async function checkStore(url: Secret, clock: Clock): Promise<CheckResult> {
  const about = 'store';
  const file = url.reveal().match(/^sqlite:(.+)$/)?.[1];
  if (file !== undefined && file !== ':memory:' && !existsSync(file)) {
    return { level: 'ok', about, found: `${file} will be made at the first start.` };
  }
  const store = openStore(url, clock);
  try {
    const pending = await pendingUpgrades(store.db, store.kind);
    const found = `The store answers (${store.kind})`;
    if (pending.length === 0) return { level: 'ok', about, found: `${found} and is up to date.` };
    return {
      level: 'ok',
      about,
      found: `${found}; its tables will be brought up to date at the next start.`,
    };
  } catch (error) {
    const { code = 'no answer' } = (error instanceof BridgeError ? error.cause : error) as { code?: string };
    return {
      level: 'error',
      about,
      found: `The bridge's own database cannot be used (${code}).`,
      remedy: 'Check that the server runs, and that host, database, user and password in "store" are right.',
    };
  } finally {
    await store.close();
  }
}
