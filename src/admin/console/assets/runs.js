// Keeps what a page says of runs that go on as it is. The events say when to look; what is shown is the server's own.
import { localTimes } from './local-times.js';

const AT_MOST_EVERY_MS = 2_000;

/** There while something goes on; it names the run that the page is about, or none for all. */
const place = document.querySelector('[data-runs]');
if (place instanceof HTMLElement) listen(place.dataset.runs ?? '');

/** @param {string} about */
function listen(about) {
  let told = '';
  let looking = false;
  const events = new EventSource('/api/v1/events');
  events.addEventListener('progress', ({ data }) => {
    /** @type {{ runs: { id: string }[] }} */
    const { runs } = JSON.parse(data);
    const now = JSON.stringify(runs.filter(({ id }) => about === '' || id === about));
    if (now === told) return;
    told = now;
    if (looking) return;
    looking = true;
    void lookUntil(() => told).finally(() => {
      looking = false;
    });
  });
}

/**
 * Looks again for as long as something new was told meanwhile.
 *
 * @param {() => string} latest
 */
async function lookUntil(latest) {
  let seen;
  while (seen !== latest()) {
    seen = latest();
    await lookAgain().catch(() => {});
    await new Promise((done) => setTimeout(done, AT_MOST_EVERY_MS));
  }
}

async function lookAgain() {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
  // Whoever is no longer logged in is led to another page.
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  localTimes(fresh);
  for (const part of document.querySelectorAll('[data-fresh]')) {
    const name = part.getAttribute('data-fresh') ?? '';
    const other = fresh.querySelector(`[data-fresh="${CSS.escape(name)}"]`);
    if (other !== null) swap(part, other);
  }
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
