/** A time of day on a calendar, wherever that is. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether this is a name of the IANA database, such as `Europe/Berlin`; offsets are not names. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,49}$/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The moment at which clocks in this zone showed a time, in milliseconds since 1970. A time that the clocks showed
 * twice is the first of the two; one that they skipped is as much later as they were put forward.
 *
 * @param zone a name that `isTimeZone` knows
 */
export function momentIn(zone: string, wall: WallClock): number {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hours, wall.minutes, wall.seconds);
  // The offset a day before and a day after: between them lies at most one change of the clocks.
  const offsets = [asUtc - DAY_MS, asUtc + DAY_MS].map((moment) => offsetAt(zone, moment));
  const [before = 0] = offsets;
  const [found] = offsets.map((offset) => asUtc - offset).filter((at) => offsetAt(zone, at) === asUtc - at);
  return found ?? asUtc - before;
}

/** The day on the calendar of this zone at that moment. */
export function dayIn(zone: string, moment: number): { year: number; month: number; day: number } {
  const { year, month, day } = wallClockAt(zone, moment);
  return { year, month, day };
}

const DAY_MS = 86_400_000;

function offsetAt(zone: string, moment: number): number {
  const { year, month, day, hours, minutes, seconds } = wallClockAt(zone, moment);
  return Date.UTC(year, month - 1, day, hours, minutes, seconds) - Math.floor(moment / 1000) * 1000;
}

function wallClockAt(zone: string, moment: number): WallClock {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hours: part('hour'),
    minutes: part('minute'),
    seconds: part('second'),
  };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  // Zone names come from rows too: what is kept is bounded by how many zones there are.
  if (formats.size < 1_000) formats.set(zone, format);
  return format;
}
