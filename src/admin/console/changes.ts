/** One field that is not as it was; what is not there on one side, or is null, is undefined. */
export interface Change {
  readonly field: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Deeper than this, a value is written as JSON. */
const DEPTH = 3;
const MAX_LENGTH = 200;

/** What differs between two values of the audit trail, field by field. */
export function changesBetween(before: unknown, after: unknown): Change[] {
  const [old, now] = [flattened(before), flattened(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => old.get(field) !== now.get(field))
    .map((field) => ({ field, before: old.get(field), after: now.get(field) }));
}

function flattened(value: unknown, path: readonly string[] = []): Map<string, string> {
  if (value === undefined || value === null) return new Map();
  if (!isRecord(value) || path.length === DEPTH) return new Map([[path.join('.'), written(value)]]);
  return new Map(Object.entries(value).flatMap(([name, inner]) => [...flattened(inner, [...path, name])]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function written(value: unknown): string {
  const text = typeof value === 'string' ? value : (plainList(value) ?? JSON.stringify(value));
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)} …` : text;
}

/** A list of texts, or of records that hold nothing deeper. */
function plainList(value: unknown): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.map((item) => (typeof item === 'string' ? item : plainRecord(item)));
  if (items.includes(undefined)) return undefined;
  return items.length === 0 ? 'none' : items.join(', ');
}

function plainRecord(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const fields = Object.entries(value);
  if (fields.some(([, inner]) => typeof inner === 'object')) return undefined;
  return fields.map(([name, inner]) => `${name} ${inner}`).join(' ');
}
