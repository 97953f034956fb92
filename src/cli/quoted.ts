/** JSON escapes the controls below U+0020; these steer terminals, or the direction of text, as well. */
const STEERING = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A value of somebody's row as JSON, such that it does nothing to the terminal that shows it. */
export function quoted(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    STEERING,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
