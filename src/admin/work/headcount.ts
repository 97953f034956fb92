import type { StewardsDesk } from '../desk.ts';

/** About: it changes slowly, and asking costs the old database something. */
const KEPT_MS = 5 * 60_000;
/** A directory that is out is not asked by every page. */
const ASK_AGAIN_MS = 15_000;

/**
 * About how many people the legacy directories hold, as last asked.
 *
 * @returns undefined where nothing cheap says it, or while one of them is out
 */
export function createHeadcount({
  directories,
  store,
}: Pick<StewardsDesk, 'directories' | 'store'>): () => Promise<number | undefined> {
  let kept: { readonly since: number; readonly count: Promise<number | undefined> } | undefined;
  async function ask(): Promise<number | undefined> {
    let sum = 0;
    for (const directory of directories.byName.values()) {
      const count = await directory.count().catch(() => undefined);
      if (count === undefined) return undefined;
      sum += count;
    }
    return sum;
  }
  return async () => {
    const now = await store.now();
    const age = now - (kept?.since ?? Number.NEGATIVE_INFINITY);
    if (kept === undefined || age >= ASK_AGAIN_MS) {
      const isKnown = kept !== undefined && (await kept.count) !== undefined;
      if (!isKnown || age >= KEPT_MS) kept = { since: now, count: ask() };
    }
    return kept?.count;
  };
}
