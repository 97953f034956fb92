import type { JsonObject, JsonValue } from '../../domain/user-profile.ts';
import { MAX_JSON, MAX_JSON_DEPTH, MAX_JSON_PARTS } from './bounds.ts';

/** Names that would reach into the objects of whoever merges them. */
const POISONOUS = ['__proto__', 'constructor', 'prototype'];

/**
 * The JSON in a text, within the bounds of a row.
 *
 * @returns undefined for what is no JSON, too long, too deep or of too many parts
 */
export function parseBoundedJson(text: string): JsonValue | undefined {
  if (text.length > MAX_JSON) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return boundedJson(value);
}

/** The value without poisonous names; undefined beyond the bounds, or for what JSON cannot write. */
export function boundedJson(value: unknown): JsonValue | undefined {
  let parts = 0;
  const walk = (inner: unknown, depth: number): JsonValue | undefined => {
    parts += 1;
    if (parts > MAX_JSON_PARTS || depth > MAX_JSON_DEPTH) throw new RangeError();
    if (inner === null || typeof inner === 'string' || typeof inner === 'boolean') return inner;
    if (typeof inner === 'number' && Number.isFinite(inner)) return inner;
    if (Array.isArray(inner)) return inner.map((one) => walk(one, depth + 1) ?? null);
    if (typeof inner !== 'object') throw new RangeError();
    return Object.fromEntries(
      Object.entries(inner)
        .filter(([name, one]) => !POISONOUS.includes(name) && one !== undefined)
        .map(([name, one]) => [name, walk(one, depth + 1) ?? null]),
    );
  };
  try {
    return walk(value, 0);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
