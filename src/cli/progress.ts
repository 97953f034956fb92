import type { Terminal } from './terminal.ts';

export interface ProgressOptions {
  /** What is being done, e.g. `Reading dump.sql`. */
  readonly label: string;
  /** How many units there are; undefined while nobody knows. */
  readonly total?: number | undefined;
  /** How many of them were done before, in another process; they count for the bar, not for the rate. */
  readonly before?: number;
  /** Says an amount: `1,204 rows`, `12.3 MB`. */
  readonly amount?: (units: number) => string;
}

/** How a long command shows that it lives: a line that is rewritten on a terminal, a line now and then in a log. */
export interface Progress {
  /**
   * @param done units so far, not since the last time
   * @param note what else is worth knowing, e.g. `3 failed`
   */
  update(done: number, note?: string): void;
  /** Shows the last state and ends the line. */
  end(): void;
}

const REDRAW_MS = 100;
const LOG_LINE_MS = 10_000;
const BAR = 24;

export function createProgress(terminal: Terminal, options: ProgressOptions): Progress {
  const started = terminal.clock();
  const interval = terminal.statusLine === undefined ? LOG_LINE_MS : REDRAW_MS;
  let drawn = started;
  let state = { done: 0, note: '' };

  const text = () => renderProgress(options, { ...state, elapsedMs: terminal.clock() - started });
  const draw = () => {
    drawn = terminal.clock();
    if (terminal.statusLine === undefined) terminal.complain(text());
    else terminal.statusLine(text());
  };
  return {
    update(done, note = '') {
      state = { done, note };
      if (terminal.clock() - drawn >= interval) draw();
    },
    end() {
      terminal.statusLine?.('');
      terminal.complain(text());
    },
  };
}

interface State {
  readonly done: number;
  readonly note: string;
  readonly elapsedMs: number;
}

/** `Copying  [#####-----]  42 %  4,200 of 10,000  310/s  19 s left  3 failed` */
export function renderProgress(
  { label, total, before = 0, amount = grouped }: ProgressOptions,
  { done, note, elapsedMs }: State,
): string {
  const perSecond = elapsedMs > 0 ? ((done - before) * 1000) / elapsedMs : 0;
  const parts = [label];
  if (total === undefined) parts.push(amount(done));
  else {
    const share = total === 0 ? 1 : Math.min(done / total, 1);
    const filled = Math.round(share * BAR);
    parts.push(`[${'#'.repeat(filled)}${'-'.repeat(BAR - filled)}]`, `${Math.floor(share * 100)} %`);
    parts.push(`${amount(done)} of ${amount(total)}`);
  }
  parts.push(`${amount(perSecond >= 10 ? Math.round(perSecond) : Number(perSecond.toFixed(1)))}/s`);
  if (total !== undefined && perSecond > 0 && done < total) {
    parts.push(`${duration((total - done) / perSecond)} left`);
  }
  if (note !== '') parts.push(note);
  return parts.join('  ');
}

/** Bytes as people read them. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

const grouped = (count: number) => count.toLocaleString('en');
