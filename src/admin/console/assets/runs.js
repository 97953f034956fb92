// Keeps what a page says of runs that go on as it is. The events say when to look; what is shown is the server's own.
import { localTimes } from './local-times.js';

const AT_MOST_EVERY_MS = 2_000;

/** The runs that have not ended, as the page has it. */
let shown = runsOf(document);
/** What was told last of each run that has not ended. @type {Map<string, string>} */
let told = new Map();
/** What had been told when the page was looked at last. */
let seen = '';

if (shown.length > 0) listen();

function listen() {
  let following = false;
  const events = new EventSource('/api/v1/events');
  events.addEventListener('progress', ({ data }) => {
    /** @type {{ runs: { id: string }[] }} */
    const { runs } = JSON.parse(data);
    told = new Map(runs.map((run) => [run.id, JSON.stringify(run)]));
    if (following) return;
    following = true;
    void follow().finally(() => {
      following = false;
      if (shown.length === 0) events.close();
    });
  });
}

/** Looks until the page says what was told; a run may begin and end without ever having been told of. */
async function follow() {
  const news = () => JSON.stringify(shown.map((id) => told.get(id)));
  while (shown.some((id) => !told.has(id)) || news() !== seen) {
    if (shown.length === 0) return;
    seen = news();
    await lookAgain().catch(() => {});
    await new Promise((done) => setTimeout(done, AT_MOST_EVERY_MS));
  }
}

async function lookAgain() {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
  // Whoever is no longer logged in is led to another page.
  if (answer.redirected) shown = [];
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  shown = runsOf(fresh);
  localTimes(fresh);
  for (const part of document.querySelectorAll('[data-fresh]')) {
    const name = part.getAttribute('data-fresh') ?? '';
    const other = fresh.querySelector(`[data-fresh="${CSS.escape(name)}"]`);
    if (other !== null) swap(part, other);
  }
}

/**
 * @param {Document} page
 * @returns {string[]}
 */
function runsOf(page) {
  const ids = page.querySelector('[data-runs]')?.getAttribute('data-runs') ?? '';
  return ids.split(' ').filter((id) => id !== '');
}

/**
 * What somebody is at with the keyboard is left until they are through.
 *
 * @param {Element} part
 * @param {Element} other
 */
function swap(part, other) {
  if (part.innerHTML === other.innerHTML) return;
  if (part.contains(document.activeElement)) {
    part.addEventListener('focusout', () => void lookAgain().catch(() => {}), { once: true });
    return;
  }
  part.replaceChildren(...other.childNodes);
}
