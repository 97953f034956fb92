import type { LegacyOptions } from '../options.ts';
import type { ColumnInfo } from './columns.ts';
import { quoteName } from './names.ts';

/** How a column is compared with a text that somebody typed, or that was read from it before. */
export interface Comparison {
  /** The column's side of the comparison: what an index must hold. */
  readonly left: string;
  /** The text's side. */
  right(parameter: string): string;
  readonly operator: (sign: '=' | '>' | '>=') => string;
  /** False: no row can hold this text, and it is not sent. */
  accepts(text: string): boolean;
  /** True when an index of `left` can serve, be it there or not. */
  readonly indexable: boolean;
}

const plain = (sign: string) => sign;
/** PostgreSQL has no character 0 in a text. */
const isText = (text: string) => !text.includes('\0');
const isHex = (text: string) => /^([0-9a-f]{2})+$/.test(text);
const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
const isNumeric = (text: string) => /^-?(0|[1-9]\d{0,63})(\.\d{1,64})?$/.test(text);
const MAX_BIGINT = 2n ** 63n;
const isInteger = (text: string) =>
  /^(0|-?[1-9]\d{0,18})$/.test(text) && BigInt(text) < MAX_BIGINT && BigInt(text) >= -MAX_BIGINT;

/**
 * Compares so that the parameter's type is pinned and the column is not converted, so that its index serves. A text
 * that is none of the column's type is not sent: PostgreSQL would answer with an error, and it is nobody's.
 */
export function loginComparison(column: ColumnInfo, rule: LegacyOptions['match']): Comparison {
  const left = quoteName(column.name);
  const base = { left, operator: plain, accepts: isText, indexable: true };
  switch (column.type) {
    case 'citext': {
      // The operators of an extension are where it was put; citext folds the case by itself.
      const schema = quoteName(column.typeSchema);
      return {
        ...base,
        operator: (sign) => `OPERATOR(${schema}.${sign})`,
        right: (parameter) => `${parameter}::text::${schema}.citext`,
      };
    }
    case 'text':
    case 'varchar':
    case 'bpchar':
    case 'name': {
      if (rule === 'case-insensitive') return foldedComparison(column);
      const type = column.type === 'bpchar' ? '::text::bpchar' : '::text';
      return { ...base, right: (parameter) => parameter + type };
    }
    case 'bytea':
      return { ...base, right: (parameter) => `convert_to(${parameter}::text, 'UTF8')` };
    case 'int2':
    case 'int4':
    case 'int8':
      return { ...base, accepts: isInteger, right: (parameter) => `${parameter}::text::bigint` };
    case 'numeric':
      return { ...base, accepts: isNumeric, right: (parameter) => `${parameter}::text::numeric` };
    case 'uuid':
      return { ...base, accepts: isUuid, right: (parameter) => `${parameter}::text::uuid` };
    default:
      // An enum, a date, a boolean: compared as it is written.
      return {
        ...base,
        left: `(${left}::text COLLATE "C")`,
        right: (parameter) => `${parameter}::text`,
        indexable: false,
      };
  }
}

/** Compares the primary key with its text as `keyTextOf` writes it. */
export function keyComparison(column: ColumnInfo): Comparison {
  const comparison = loginComparison(column, 'exact');
  if (column.type !== 'bytea') return comparison;
  return { ...comparison, accepts: isHex, right: (parameter) => `decode(${parameter}::text, 'hex')` };
}

/** Compares a moment with the count of seconds that `extract(epoch ...)` made of it; of a number or a text, with itself. */
export function momentComparison(column: ColumnInfo): Comparison {
  const left = quoteName(column.name);
  const moment = { left, operator: plain, accepts: isNumeric, indexable: true };
  const right = (parameter: string) =>
    `(timestamptz 'epoch' + (${parameter}::text::numeric * 1000000)::bigint * interval '1 microsecond')`;
  if (column.type === 'timestamptz') return { ...moment, right };
  if (column.type === 'timestamp' || column.type === 'date') {
    return { ...moment, right: (parameter) => `${right(parameter)}::${column.type}` };
  }
  return loginComparison(column, 'exact');
}

/** Both sides are folded by the column's own collation; an index of `lower(column)` serves. */
function foldedComparison({ name, type, collation }: ColumnInfo): Comparison {
  const cast = type === 'text' ? '' : '::text';
  const collate =
    collation === undefined ? '' : ` COLLATE ${quoteName(collation.schema)}.${quoteName(collation.name)}`;
  return {
    left: `lower(${quoteName(name)}${cast})`,
    right: (parameter) => `lower(${parameter}::text${collate})`,
    operator: plain,
    accepts: isText,
    indexable: true,
  };
}
