import type { BackfillForecast, BackfillReport } from '../backfill.ts';
import { type Counters, type HeldRun, sentenceOf } from '../runs.ts';
import { type Counts, noCounts } from './page.ts';

/** How often what was found so far is written down. */
const KEEP_MS = 1_000;
/** A rehearsal is gone through anew by whoever takes it up. */
const PLACE = '';

/**
 * Keeps a forecast in its run while it is made, so that every instance can show it and stop it. The target's own words
 * (`would-create`) become counters beside the backfill's.
 *
 * @param foresee stops at the signal, and tells what it has found so far
 */
export async function keepRehearsal(
  held: HeldRun,
  signal: AbortSignal,
  foresee: (signal: AbortSignal, tell: (counts: Counts) => void) => Promise<BackfillForecast>,
): Promise<BackfillReport> {
  const cut = new AbortController();
  let latest: Counts = noCounts();
  let ended: 'stopped' | 'lost' | undefined;
  async function keep(counters: Counters): Promise<void> {
    const saved = await held.save(PLACE, counters);
    if (saved === 'on') return;
    ended = saved === 'stop' ? 'stopped' : 'lost';
    cut.abort();
  }
  // A store that is out fails the write at the end, which says so.
  const keeping = setInterval(() => void keep({ ...latest }).catch(() => {}), KEEP_MS).unref();
  try {
    const { counts, foreseen } = await foresee(AbortSignal.any([signal, cut.signal]), (counts) => {
      latest = counts;
    });
    clearInterval(keeping);
    if (ended !== 'lost') await keep({ ...counts, ...foreseen });
    const state = ended ?? (signal.aborted ? 'left' : 'done');
    if (state === 'done' || state === 'stopped') await held.end(state);
    else await held.leave();
    return { id: held.run.id, state, resumed: held.resumed, counts };
  } catch (error) {
    clearInterval(keeping);
    await held.leave(sentenceOf(error)).catch(() => {});
    throw error;
  }
}
