// Keeps the overview of this moment while it is looked at: the figures come as server-sent events, and everything else is
// taken from the page itself, which is asked for again now and then.
import { refresh } from './fresh.js';
import { inASentence, writeTotals } from './live-figures.js';

const SECOND = 1_000;
/** The page is asked for again at most so often, */
const BUSY = 15 * SECOND;
/** and so often while nothing happens, since ages go on. */
const QUIET = 60 * SECOND;
/** Whoever has it read aloud is not told each tick. */
const TOLD_EVERY = 60 * SECOND;
/** After an answer that the browser takes for final. */
const TRY_AGAIN = 15 * SECOND;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
/** @param {string} selector */
const place = (selector) => /** @type {HTMLElement | null} */ (document.querySelector(selector));
const target = place('[data-live]')?.dataset.live ?? '';

/** @type {EventSource | undefined} */
let source;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let again;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let next;
let nextAt = Number.POSITIVE_INFINITY;
let refreshedAt = Number.NEGATIVE_INFINITY;
let toldAt = performance.now();
/** @type {Date | undefined} */
let lostAt;

function connect() {
  clearTimeout(again);
  source?.close();
  source = new EventSource('/api/v1/events');
  source.addEventListener('open', () => {
    refreshIn(lostAt === undefined ? QUIET : 0);
    lostAt = undefined;
    say('on', 'Live');
  });
  source.addEventListener('progress', ({ data }) => take(JSON.parse(data)));
  source.addEventListener('error', () => {
    lose('; trying again');
    if (source?.readyState === EventSource.CLOSED) again = setTimeout(connect, TRY_AGAIN);
  });
}

function leave() {
  clearTimeout(again);
  clearTimeout(next);
  nextAt = Number.POSITIVE_INFINITY;
  source?.close();
  lose('');
}

/** @param {string} what is done about it */
function lose(what) {
  lostAt ??= new Date();
  say('lost', `Not live since ${clock.format(lostAt)}${what}`);
}

/**
 * @param {'on' | 'lost'} state
 * @param {string} text
 */
function say(state, text) {
  const sentence = place('[data-live-state]');
  if (sentence === null) return;
  sentence.dataset.liveState = state;
  sentence.textContent = text;
}

/** @param {import('./live-figures.js').Totals} totals */
function take(totals) {
  const changed = writeTotals(totals, target);
  if (changed) refreshIn(0);
  const told = place('[data-told]');
  if (!changed || told === null || performance.now() - toldAt < TOLD_EVERY) return;
  toldAt = performance.now();
  told.textContent = inASentence(totals, target);
}

/** @param {number} ms a wish for sooner wins */
function refreshIn(ms) {
  const now = performance.now();
  const at = Math.max(now + ms, refreshedAt + BUSY);
  if (at >= nextAt || document.hidden) return;
  clearTimeout(next);
  nextAt = at;
  next = setTimeout(async () => {
    nextAt = Number.POSITIVE_INFINITY;
    refreshedAt = performance.now();
    // What cannot be fetched now is fetched next time; whether the bridge is there, the events tell.
    await refresh().catch(() => {});
    refreshIn(QUIET);
  }, at - now);
}

if (target !== '') {
  if (!document.hidden) connect();
  document.addEventListener('visibilitychange', () => (document.hidden ? leave() : connect()));
  addEventListener('pagehide', leave);
  addEventListener('pageshow', ({ persisted }) => persisted && connect());
}
