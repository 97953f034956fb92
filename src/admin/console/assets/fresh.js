// Takes over what is new on the page that is shown, so that the server alone writes it.
import { draw } from './chart.js';
import { localTimes } from './local-times.js';

/** Asks for the page again, and replaces what is marked by `data-fresh` and an id where it is another one. */
export async function refresh() {
  const answer = await fetch(location.href);
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  localTimes(fresh);
  const places = [...document.querySelectorAll('[data-fresh]')];
  // The first person has come, and the page has another shape.
  if (places.length !== fresh.querySelectorAll('[data-fresh]').length) return location.reload();
  for (const place of places) {
    const found = fresh.getElementById(place.id);
    if (place instanceof HTMLElement && found !== null) replace(place, found);
  }
}

/**
 * @param {HTMLElement} place
 * @param {HTMLElement} found
 */
function replace(place, found) {
  const { chart } = found.dataset;
  if (chart !== undefined) {
    if (chart === place.dataset.chart) return;
    place.dataset.chart = chart;
    place.ariaLabel = found.ariaLabel;
    draw(place, JSON.parse(chart));
    return;
  }
  // Nobody loses the place where they are with the keyboard.
  if (place.innerHTML === found.innerHTML || place.contains(document.activeElement)) return;
  place.replaceChildren(...found.childNodes);
}
