/**
 * The part of an export that is in memory: bytes that came, minus bytes that were read. What is read from it is a unit
 * (a statement, a row, a line); a unit that runs past the end is tried again once more bytes came.
 */
export interface Window {
  bytes: Buffer;
  /** Where the next unit begins. */
  at: number;
  /** No more bytes will come. */
  final: boolean;
  /** The line of a place at or after all places asked for before, counted from 1. */
  lineOf(place: number): number;
  /** Forgets what was read and takes more. */
  append(chunk: Buffer): void;
}

const NEWLINE = 10;

export function createWindow(): Window {
  let line = 1;
  /** All newlines before this place are counted; `next` is the first one that is not, if known. */
  let next = -1;
  const countTo = (place: number) => {
    while (next !== -1 && next < place) {
      line += 1;
      next = window.bytes.indexOf(NEWLINE, next + 1);
    }
  };
  const window: Window = {
    bytes: Buffer.alloc(0),
    at: 0,
    final: false,
    lineOf(place) {
      countTo(place);
      return line;
    },
    append(chunk) {
      countTo(window.at);
      const rest = window.bytes.subarray(window.at);
      window.bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      window.at = 0;
      next = window.bytes.indexOf(NEWLINE);
    },
  };
  return window;
}
