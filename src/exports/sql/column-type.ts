import type { ColumnKind } from '../export.ts';
import type { Grammar } from './grammar.ts';

const INTEGERS =
  /^(tinyint|smallint|mediumint|middleint|int|integer|int[1248]|bigint|year|(big|small)?serial)\b/;
const REALS = /^(float|float[48]|double|real)\b/;
const BYTES = /^(binary|varbinary|(tiny|medium|long)?blob|bytea|vector)\b/;
const SHAPES = /^(geometry|point|linestring|polygon|multi(point|linestring|polygon)|geom(etry)?collection)\b/;

/**
 * How a column's values are best kept. Whatever might lose something as a number is text: decimals, integers without a
 * sign and of 64 bits, numbers that are shown with leading zeros.
 *
 * @param type as the dump writes it
 */
export function kindOf(type: string, dialect: Grammar['dialect'], charset?: string): ColumnKind {
  const name = type.toLowerCase();
  if (/^bigint\b.*\bunsigned\b|\bzerofill\b/.test(name)) return 'text';
  if (INTEGERS.test(name) && !name.endsWith(']')) return 'integer';
  if (REALS.test(name) && !name.endsWith(']')) return 'real';
  if (BYTES.test(name) || charset === 'binary') return 'bytes';
  if (dialect === 'postgres') return 'text';
  if (SHAPES.test(name)) return 'bytes';
  if (dialect === 'sqlite') return /int|bool/.test(name) ? 'integer' : 'text';
  if (/^bit\b/.test(name)) return 'bits';
  return /^bool(ean)?\b/.test(name) ? 'integer' : 'text';
}
