import type { LegacyOptions } from '../options.ts';
import type { ColumnInfo } from './columns.ts';
import { quoteName } from './names.ts';

/** How a column is compared with a text that somebody typed. */
export interface Comparison {
  /** The column's side of the comparison. */
  readonly left: string;
  /** The text's side, with one parameter. */
  readonly right: string;
  /** False: no row can hold this text, and it is not sent. */
  accepts(text: string): boolean;
  /** True when an index of the column serves the condition. */
  readonly indexable: boolean;
}

const INTEGERS = ['tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'year'];
const BINARIES = ['binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob'];
/** Types whose time zone the server knows. */
export const MOMENTS = ['datetime', 'timestamp'];
const TYPED = 'CAST(? AS CHAR CHARACTER SET utf8mb4)';

const isCount = (text: string) => /^\d{1,12}(\.\d{1,6})?$/.test(text);
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
      ? { left: name, right: typed, accepts: anything, indexable: true }
      : { left: `LOWER(${name})`, right: `LOWER(${typed})`, accepts: anything, indexable: false };
  }
  if (!BINARIES.includes(column.dataType)) return valueComparison(column);
  return rule === 'exact'
    ? { left: name, right: `CAST(${TYPED} AS BINARY)`, accepts: anything, indexable: true }
    : {
        left: `LOWER(CONVERT(${name} USING utf8mb4))`,
        right: `LOWER(${TYPED}) COLLATE utf8mb4_bin`,
        accepts: anything,
        indexable: false,
      };
}

export function equals({ left, right }: Comparison): string {
  return `${left} = ${right}`;
}

/** Compares the primary key with its text as `keyTextOf` writes it. */
export function keyComparison(column: ColumnInfo): Comparison {
  const sides = { left: quoteName(column.name), right: `UNHEX(${TYPED})` };
  return BINARIES.includes(column.dataType)
    ? { ...sides, accepts: isHex, indexable: true }
    : loginComparison(column, 'exact');
}

/** Compares a moment with the count of seconds that `UNIX_TIMESTAMP` made of it; of a number or a text, with itself. */
export function momentComparison(column: ColumnInfo): Comparison {
  if (!MOMENTS.includes(column.dataType)) return loginComparison(column, 'exact');
  const right = `FROM_UNIXTIME(CAST(${TYPED} AS DECIMAL(20,6)))`;
  return { left: quoteName(column.name), right, accepts: isCount, indexable: true };
}

function valueComparison({ name: plain, dataType, unsigned }: ColumnInfo): Comparison {
  const name = quoteName(plain);
  if (INTEGERS.includes(dataType)) {
    const type = unsigned ? 'UNSIGNED' : 'SIGNED';
    return { left: name, right: `CAST(${TYPED} AS ${type})`, accepts: isInteger, indexable: true };
  }
  if (dataType === 'decimal') {
    return { left: name, right: `CAST(${TYPED} AS DECIMAL(65,0))`, accepts: isInteger, indexable: true };
  }
  if (dataType === 'uuid') {
    return { left: name, right: `CAST(${TYPED} AS UUID)`, accepts: isUuid, indexable: true };
  }
  const asText = `CAST(${name} AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin`;
  return { left: asText, right: `${TYPED} COLLATE utf8mb4_bin`, accepts: anything, indexable: false };
}

/** `utf8mb4_bin`, `latin1_general_cs`, `utf8mb4_0900_as_cs`, `utf8mb4_ja_0900_as_cs_ks`. */
export function isCaseSensitive(collation: string): boolean {
  return /_(bin|cs)(_|$)/i.test(collation);
}
