import { BridgeError } from '../../domain/errors.ts';

/** Where a reading of changes stands. */
export interface Mark {
  /**
   * The moment of the last change read: a count of seconds wherever the connector can give one, else as it stands in the
   * table. A letter and a colon before it are the connector's own.
   */
  readonly at: string;
  /** The row at which that moment was left; undefined: everything of that moment and after is still to come. */
  readonly after: string | undefined;
}

/** A transaction may be committed so much later than the moment that it wrote, in seconds; clocks may differ by it. */
const LATE = 300;
/** A moment without a time zone may be as far from ours, in seconds; only what is older is surely complete. */
const DAY = 26 * 3_600;

export function writeMark({ at, after }: Mark): string {
  return JSON.stringify(after === undefined ? [at] : [at, after]);
}

/** @throws BridgeError `invalid_request` for what `writeMark` did not write */
export function readMark(text: string): Mark {
  const parts = parsed(text);
  if (
    Array.isArray(parts) &&
    parts.length > 0 &&
    parts.length < 3 &&
    parts.every((part) => typeof part === 'string')
  ) {
    const [at, after] = parts as string[];
    return { at: at ?? '', after };
  }
  throw new BridgeError(
    'invalid_request',
    'This is no watermark of a legacy directory. Begin anew without one.',
  );
}

/**
 * Where the next reading begins, once there is nothing more. A row may share its second with one that is still being
 * written, so the last minutes are read again; of the future, where a row may be by mistake, nothing is skipped.
 *
 * @param now in milliseconds since 1970
 */
export function settled({ at, after }: Mark, now: number): Mark {
  if (after === undefined) return { at, after };
  const [, kind = '', value = ''] = /^([a-z]:)?(.*)$/s.exec(at) ?? [];
  const scale = scaleOf(value);
  const seconds = scale === undefined ? Date.parse(isoOf(value)) / 1000 : Number(value) / scale;
  if (!Number.isFinite(seconds)) return { at, after: undefined };
  if (seconds < now / 1000 - DAY) return { at, after };
  const back = Math.floor(Math.min(seconds, now / 1000)) - LATE;
  const earlier = scale === undefined ? textLike(value, back) : String(back * scale);
  return { at: kind + earlier, after: undefined };
}

/** How many make a second, of a count since 1970: its size tells. */
function scaleOf(at: string): number | undefined {
  if (!/^-?\d{1,18}(\.\d+)?$/.test(at)) return undefined;
  return Number(at) >= 1e14 ? 1_000_000 : Number(at) >= 1e11 ? 1_000 : 1;
}

const DATE_AND_TIME = /^(\d{4}-\d{2}-\d{2})(?:([ T])(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z?))?$/;

function isoOf(at: string): string {
  const [found, date, , time = '00:00'] = DATE_AND_TIME.exec(at) ?? [];
  return found === undefined ? '' : `${date}T${time}Z`;
}

function textLike(at: string, seconds: number): string {
  const iso = new Date(seconds * 1000).toISOString();
  const [, , separator, time = ''] = DATE_AND_TIME.exec(at) ?? [];
  if (separator === undefined) return iso.slice(0, 10);
  return `${iso.slice(0, 10)}${separator}${iso.slice(11, 11 + time.length)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
