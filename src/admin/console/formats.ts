import { escapeHtml } from './escape.ts';
import { type Tone, toneOf } from './tones.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const grouped = new Intl.NumberFormat('en');
const oneDigit = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const moment = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const wholeDay = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

export interface Formats {
  /** `12,345` */
  number(value: number): string;
  /** `12.3%`; nobody of nobody is `0%`. */
  percent(part: number, whole: number): string;
  /** `1 person`, `1,200 people` */
  count(value: number, one: string, many: string): string;
  /** `21 Nov 2026`: a whole day in UTC, which is the same in every zone. */
  day(at: number): string;
  /** `45 s`, `3 min`, `5 h`, `2 days` */
  duration(ms: number): string;
  /** HTML: a moment in UTC, which the script turns into the reader's zone. */
  time(at: number): string;
  /** HTML: `3 min ago`, `in 2 h`, with the moment as its title. */
  ago(at: number): string;
  /** HTML: a state, mode or level as a badge. */
  badge(word: string, tone?: Tone): string;
}

/** How views write what they are given. What is HTML is safe to be put out raw: `<%~ it.f.time(at) %>`. */
export function createFormats(now: number): Formats {
  return {
    number: (value) => grouped.format(value),
    percent: (part, whole) => oneDigit.format(whole === 0 ? 0 : part / whole),
    count: (value, one, many) => `${grouped.format(value)} ${value === 1 ? one : many}`,
    day: (at) => wholeDay.format(at),
    duration,
    time: (at) => `<time datetime="${iso(at)}" data-local="moment">${utc(at)}</time>`,
    ago: (at) =>
      `<time datetime="${iso(at)}" data-local="title" title="${utc(at)}">${relative(at - now)}</time>`,
    badge: (word, tone = toneOf(word)) => `<span class="badge badge-${tone}">${escapeHtml(word)}</span>`,
  };
}

const iso = (at: number) => new Date(at).toISOString();
const utc = (at: number) => `${moment.format(at)} UTC`;

function duration(ms: number): string {
  const whole = (unit: number) => Math.max(0, Math.round(ms / unit));
  if (ms < MINUTE) return `${whole(SECOND)} s`;
  if (ms < HOUR) return `${whole(MINUTE)} min`;
  if (ms < 2 * DAY) return `${whole(HOUR)} h`;
  return `${grouped.format(whole(DAY))} days`;
}

function relative(difference: number): string {
  if (Math.abs(difference) < 5 * SECOND) return 'just now';
  return difference < 0 ? `${duration(-difference)} ago` : `in ${duration(difference)}`;
}
