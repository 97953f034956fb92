// Draws `<div class="chart" data-chart="{...}" role="img" aria-label="...">`. What it shows stands beside it as text.
import uPlot from './uplot.js';

/**
 * @typedef {object} Chart
 * @property {'line' | 'bars'} kind
 * @property {number[]} x seconds since 1970, ascending
 * @property {{ label: string, values: (number | null)[], dashed?: boolean }[]} series four at most
 * @property {boolean} [days] each x is a whole day in UTC, which no zone shifts
 */

const HEIGHT = 256;
const DAY = 86_400;
const grouped = new Intl.NumberFormat('en');
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const wholeDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
/** @type {Map<HTMLElement, { chart: Chart, plot: uPlot }>} */
const drawn = new Map();

/**
 * Draws, or draws again with other figures.
 *
 * @param {HTMLElement} place
 * @param {Chart} chart
 */
export function draw(place, chart) {
  const before = drawn.get(place);
  if (before !== undefined && shapeOf(before.chart) === shapeOf(chart)) {
    before.plot.setData(dataOf(chart));
    drawn.set(place, { ...before, chart });
    return;
  }
  before?.plot.destroy();
  drawn.set(place, { chart, plot: new uPlot(optionsOf(place, chart), dataOf(chart), place) });
  resized.observe(place);
}

/**
 * @param {Chart} chart
 * @returns {uPlot.AlignedData}
 */
const dataOf = ({ x, series }) => [x, ...series.map(({ values }) => values)];

/** @param {Chart} chart */
const shapeOf = ({ kind, days, series }) =>
  JSON.stringify([kind, days, series.map(({ label, dashed }) => [label, dashed])]);

/**
 * @param {HTMLElement} place
 * @param {Chart} chart
 * @returns {uPlot.Options}
 */
function optionsOf(place, { kind, x, series, days = false }) {
  const half = ((x[1] ?? DAY) - (x[0] ?? 0)) / 2;
  const style = getComputedStyle(place);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  const axis = {
    stroke: colour('soft'),
    font: `12px ${style.fontFamily}`,
    grid: { stroke: colour('hair'), width: 1 },
    ticks: { show: false },
  };
  return {
    ...(days ? { tzDate: (/** @type {number} */ at) => uPlot.tzDate(new Date(at * 1000), 'Etc/UTC') } : {}),
    width: place.clientWidth,
    height: HEIGHT,
    cursor: { points: { size: 7 }, drag: { x: false, y: false } },
    scales: {
      x: { range: (_, min, max) => (kind === 'bars' ? [min - half, max + half] : [min, max]) },
      y: { range: (_, __, max) => [0, Math.max(1, max * 1.08)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 32,
        values: (_, ticks, __, ___, step) =>
          ticks.map((tick) => (days ? wholeDay.format(tick * 1000) : moment(tick, step))),
      },
      {
        ...axis,
        size: (_, texts) => 24 + 8 * Math.max(1, ...(texts ?? []).map(({ length }) => length)),
        values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? grouped.format(tick) : '')),
      },
    ],
    series: [
      {
        label: days ? 'Day' : 'Time',
        value: (_, at) => (at === null ? '–' : written(at, days)),
      },
      ...series.map(({ label, dashed }, index) => ({
        label,
        stroke: colour(`series-${index + 1}`),
        width: 2,
        ...(dashed ? { dash: [5, 5] } : {}),
        ...(kind === 'line' && series.findIndex((one) => !one.dashed) === index
          ? { fill: `${colour(`series-${index + 1}`)}1c` }
          : {}),
        points: { show: false },
        value: (/** @type {uPlot} */ _, /** @type {number | null} */ value) =>
          value === null ? '–' : grouped.format(value),
        ...(kind === 'bars' && uPlot.paths.bars !== undefined
          ? {
              width: 0,
              fill: colour(`series-${index + 1}`),
              paths: uPlot.paths.bars({ size: [0.7, 48], radius: 0.15 }),
            }
          : {}),
      })),
    ],
  };
}

/**
 * @param {number} at seconds
 * @param {boolean} days
 */
const written = (at, days) =>
  days ? wholeDay.format(at * 1000) : `${day.format(at * 1000)}, ${time.format(at * 1000)}`;

/**
 * @param {number} tick seconds
 * @param {number} step between ticks, in seconds
 */
function moment(tick, step) {
  const at = new Date(tick * 1000);
  return step >= DAY || (at.getHours() === 0 && at.getMinutes() === 0) ? day.format(at) : time.format(at);
}

const resized = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (!(target instanceof HTMLElement)) continue;
    const plot = drawn.get(target)?.plot;
    const width = target.clientWidth;
    if (plot !== undefined && plot.width !== width) plot.setSize({ width, height: HEIGHT });
  }
});

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  for (const [place, { chart, plot }] of [...drawn]) {
    plot.destroy();
    drawn.delete(place);
    draw(place, chart);
  }
});

for (const place of document.querySelectorAll('[data-chart]')) {
  if (place instanceof HTMLElement) draw(place, JSON.parse(place.dataset.chart ?? ''));
}
