import type { LegacyOptions } from '../options.ts';
import type { ColumnInfo } from './columns.ts';
import { quoteName } from './names.ts';

/** How a column is compared with a text that somebody typed. */
export interface Comparison {
  /** An SQL condition with one parameter. */
  readonly condition: string;
  /** False: no row can hold this text, and it is not sent. */
  accepts(text: string): boolean;
  /** True when an index of the column serves the condition. */
  readonly indexable: boolean;
}

const INTEGERS = ['tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'year'];
const BINARIES = ['binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob'];
const TYPED = 'CAST(? AS CHAR CHARACTER SET utf8mb4)';

const anything = () => true;
const isInteger = (text: string) => /^(0|-?[1-9]\d{0,63})$/.test(text);
const isHex = (text: string) => /^([0-9a-f]{2})+$/.test(text);
const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/**
 * Compares so that the parameter's type is pinned whatever was bound before (MySQL re-types a cached statement by one
 * parameter that is no string), and in the column's own character set and collation, so that its index serves.
 *
 * The text is converted in two steps: MySQL answers a direct CAST to a character set that lacks a character (an emoji
 * for latin1) with an error; CONVERT puts a question mark there, and the comparison in code sees to the rest.
 */
export function loginComparison(column: ColumnInfo, rule: LegacyOptions['match']): Comparison {
  const name = quoteName(column.name);
  if (column.text !== undefined) {
    const typed = `CONVERT(${TYPED} USING ${column.text.charset}) COLLATE ${column.text.collation}`;
    return rule === 'exact' || !isCaseSensitive(column.text.collation)
      ? { condition: `${name} = ${typed}`, accepts: anything, indexable: true }
      : { condition: `LOWER(${name}) = LOWER(${typed})`, accepts: anything, indexable: false };
  }
  if (!BINARIES.includes(column.dataType)) return valueComparison(column);
  return rule === 'exact'
    ? { condition: `${name} = CAST(${TYPED} AS BINARY)`, accepts: anything, indexable: true }
    : {
        condition: `LOWER(CONVERT(${name} USING utf8mb4)) = LOWER(${TYPED}) COLLATE utf8mb4_bin`,
        accepts: anything,
        indexable: false,
      };
}

/** Compares the primary key with its text as `keyTextOf` writes it. */
export function keyComparison(column: ColumnInfo): Comparison {
  const condition = `${quoteName(column.name)} = UNHEX(${TYPED})`;
  return BINARIES.includes(column.dataType)
    ? { condition, accepts: isHex, indexable: true }
    : loginComparison(column, 'exact');
}

function valueComparison({ name: plain, dataType, unsigned }: ColumnInfo): Comparison {
  const name = quoteName(plain);
  if (INTEGERS.includes(dataType)) {
    const type = unsigned ? 'UNSIGNED' : 'SIGNED';
    return { condition: `${name} = CAST(${TYPED} AS ${type})`, accepts: isInteger, indexable: true };
  }
  if (dataType === 'decimal') {
    return { condition: `${name} = CAST(${TYPED} AS DECIMAL(65,0))`, accepts: isInteger, indexable: true };
  }
  if (dataType === 'uuid') {
    return { condition: `${name} = CAST(${TYPED} AS UUID)`, accepts: isUuid, indexable: true };
  }
  const asText = `CAST(${name} AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin`;
  return { condition: `${asText} = ${TYPED} COLLATE utf8mb4_bin`, accepts: anything, indexable: false };
}

/** `utf8mb4_bin`, `latin1_general_cs`, `utf8mb4_0900_as_cs`, `utf8mb4_ja_0900_as_cs_ks`. */
export function isCaseSensitive(collation: string): boolean {
  return /_(bin|cs)(_|$)/i.test(collation);
}
