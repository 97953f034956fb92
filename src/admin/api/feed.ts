import type { Logger } from '../../runtime/logger.ts';

/** What many listen to, looked up once for all of them. */
export interface Feed<T> {
  /** How many listen. */
  readonly listeners: number;
  /**
   * @param tell is told the latest at once, where it is known, and whatever it becomes
   * @returns how to stop listening
   */
  listen(tell: (data: T) => void): () => void;
}

const AT_MOST_EVERY_MS = 1_000;
/** Looking up takes no more than this part of the store's time, however many people there are. */
const SHARE = 0.1;

/**
 * Asks while somebody listens, and tells when the answer is another one.
 *
 * @param read what fails is asked again
 * @param clock milliseconds
 */
export function createFeed<T>({
  read,
  logger,
  clock,
  everyMs = AT_MOST_EVERY_MS,
}: {
  read: () => Promise<T>;
  logger: Logger;
  clock: () => number;
  everyMs?: number;
}): Feed<T> {
  const listeners = new Set<(data: T) => void>();
  let latest: { readonly text: string; readonly data: T } | undefined;
  let asking = false;
  let timer: NodeJS.Timeout | undefined;

  async function ask(): Promise<void> {
    asking = true;
    const begun = clock();
    try {
      const data = await read();
      const text = JSON.stringify(data);
      if (text !== latest?.text) {
        latest = { text, data };
        for (const tell of listeners) tell(data);
      }
    } catch (err) {
      logger.warn({ err }, 'What is listened to could not be looked up; it is tried again.');
    }
    asking = false;
    if (listeners.size === 0) return end();
    timer = setTimeout(ask, Math.max(everyMs, (clock() - begun) / SHARE));
    timer.unref();
  }

  /** Whoever listens next is told nothing stale. */
  function end(): void {
    clearTimeout(timer);
    timer = undefined;
    latest = undefined;
  }

  return {
    get listeners() {
      return listeners.size;
    },
    listen(tell) {
      listeners.add(tell);
      if (latest !== undefined) tell(latest.data);
      if (!asking && timer === undefined) void ask();
      return () => {
        listeners.delete(tell);
        if (listeners.size === 0 && !asking) end();
      };
    },
  };
}
