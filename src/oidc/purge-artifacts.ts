import type { Logger } from '../runtime/logger.ts';
import type { Store } from '../store/store.ts';

const BATCH = 500;
/** Instances whose clocks differ write and read expiry times; nothing is deleted on the word of a fast clock. */
const MARGIN_MS = 10 * 60_000;
const EVERY_MS = 60_000;

/**
 * Deletes what has expired, in batches that hold no lock for long.
 *
 * @returns how many rows were deleted
 */
export async function purgeArtifacts(store: Store): Promise<number> {
  const before = (await store.now()) - MARGIN_MS;
  for (let deleted = 0; ; ) {
    const rows = await store.db
      .selectFrom('artifact')
      .select('id')
      .where('expires_at', '<', before)
      .orderBy('expires_at')
      .limit(BATCH)
      .execute();
    if (rows.length > 0) {
      await store.db
        .deleteFrom('artifact')
        .where(
          'id',
          'in',
          rows.map(({ id }) => id),
        )
        .where('expires_at', '<', before)
        .execute();
    }
    deleted += rows.length;
    if (rows.length < BATCH) return deleted;
  }
}

/** Purges once a minute until it is stopped; a failure is logged and tried again a minute later. */
export function startPurgingArtifacts(
  store: Store,
  logger: Logger,
  everyMs = EVERY_MS,
): { stop(): Promise<void> } {
  let underway = Promise.resolve();
  const timer = setInterval(() => {
    underway = underway.then(async () => {
      try {
        const deleted = await purgeArtifacts(store);
        if (deleted > 0) logger.debug({ deleted }, 'Deleted expired sessions, codes and tokens.');
      } catch (err) {
        logger.warn({ err }, 'Expired sessions, codes and tokens could not be deleted; will try again.');
      }
    });
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await underway;
    },
  };
}
