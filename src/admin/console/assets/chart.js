// Draws `<div class="chart" data-chart="{...}" role="img" aria-label="...">`. What it shows stands beside it as text.
import uPlot from './uplot.js';

/**
 * @typedef {object} Chart
 * @property {'line' | 'bars'} kind
 * @property {number[]} x seconds since 1970, ascending
 * @property {{ label: string, values: (number | null)[] }[]} series four at most
 */

const HEIGHT = 256;
const DAY = 86_400;
const grouped = new Intl.NumberFormat('en');
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
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
  drawn.get(place)?.plot.destroy();
  const plot = new uPlot(
    optionsOf(place, chart),
    [chart.x, ...chart.series.map(({ values }) => values)],
    place,
  );
  drawn.set(place, { chart, plot });
  resized.observe(place);
}

/**
 * @param {HTMLElement} place
 * @param {Chart} chart
 * @returns {uPlot.Options}
 */
function optionsOf(place, { kind, x, series }) {
  const half = ((x[1] ?? DAY) - (x[0] ?? 0)) / 2;
  const style = getComputedStyle(place);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  const axis = {
    stroke: colour('soft'),
    font: `12px ${style.fontFamily}`,
    grid: { stroke: colour('hair'), width: 1 },
    ticks: { show: false },
  };
  const size =
    24 + 8 * grouped.format(Math.max(0, ...series.flatMap(({ values }) => values.map(Number)))).length;
  return {
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
        values: (_, ticks, __, ___, step) => ticks.map((tick) => moment(tick, step)),
      },
      {
        ...axis,
        size,
        values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? grouped.format(tick) : '')),
      },
    ],
    series: [
      {
        label: 'Time',
        value: (_, at) => (at === null ? '–' : `${day.format(at * 1000)}, ${time.format(at * 1000)}`),
      },
      ...series.map(({ label }, index) => ({
        label,
        stroke: colour(`series-${index + 1}`),
        width: 2,
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
  for (const [place, { chart }] of drawn) draw(place, chart);
});

for (const place of document.querySelectorAll('[data-chart]')) {
  if (place instanceof HTMLElement) draw(place, JSON.parse(place.dataset.chart ?? ''));
}
