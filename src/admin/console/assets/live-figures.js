// Writes the figures of server-sent events `progress` where the overview shows them.

/**
 * @typedef {{ id: string, target: string, progress: { done: number, total?: number } }} Run
 * @typedef {Record<string, number | string>} Figures of one target
 * @typedef {{ people?: number, targets: Figures[], runs: Run[] }} Totals
 */

const grouped = new Intl.NumberFormat('en');
const share = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
/** Everybody in the ledger is one of these. */
const STATES = ['copied', 'waiting', 'failing', 'setAside'];

/**
 * @param {Totals} totals
 * @param {string} target the one that is shown
 * @returns {boolean} whether anything is not as it was
 */
export function writeTotals({ people, targets, runs }, target) {
  const figures = targets.find((each) => each.target === target);
  if (figures === undefined) return false;
  const shown = places('data-figure');
  // Of a page that says that nobody has come.
  if (shown.length === 0) return STATES.some((state) => Number(figures[state]) > 0);
  const changes = [
    ...shown.map((place) => writeFigure(place, figures[place.dataset.figure ?? ''])),
    ...(people === undefined ? [] : writeShares(figures, people)),
    ...writeRuns(runs.filter((run) => run.target === target)),
  ];
  return changes.includes(true);
}

/** @param {Totals} totals @param {string} target */
export function inASentence({ targets }, target) {
  const figures = targets.find((each) => each.target === target) ?? {};
  const { across, waiting, failing } = figures;
  const number = (/** @type {number | string | undefined} */ value) => grouped.format(Number(value ?? 0));
  return `${number(across)} people across, ${number(waiting)} waiting, ${number(failing)} failing.`;
}

/** @param {string} name @returns {HTMLElement[]} */
const places = (name) =>
  [...document.querySelectorAll(`[${name}]`)].filter((place) => place instanceof HTMLElement);

/** @param {Element | null | undefined} place @param {string} text */
function write(place, text) {
  if (!place || place.textContent === text) return false;
  place.textContent = text;
  return true;
}

/** @param {HTMLElement} place @param {number | string | undefined} value */
function writeFigure(place, value) {
  if (typeof value !== 'number') return false;
  if (place.dataset.alarm !== undefined) place.classList.toggle('tone-bad', value > 0);
  return write(place, grouped.format(value));
}

/** @param {Figures} figures @param {number} people */
function writeShares(figures, people) {
  return [
    ...places('data-people').map((place) => write(place, grouped.format(people))),
    ...places('data-share').map((place) => {
      const part = Number(figures[place.dataset.share ?? ''] ?? 0);
      if (!(place instanceof HTMLProgressElement)) return write(place, share.format(part / (people || 1)));
      Object.assign(place, { max: people || 1, value: part });
      return false;
    }),
  ];
}

/** @param {Run[]} runs */
function writeRuns(runs) {
  const shown = places('data-run');
  const changes = runs.map(({ id, progress: { done, total } }) => {
    const place = shown.find(({ dataset }) => dataset.run === id);
    const bar = place?.querySelector('progress');
    if (bar && total !== undefined) Object.assign(bar, { max: total || 1, value: done });
    return place === undefined || write(place.querySelector('[data-done]'), grouped.format(done));
  });
  return [...changes, shown.length !== runs.length];
}
