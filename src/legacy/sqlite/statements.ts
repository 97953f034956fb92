import { MOST_SHARED } from '../checks/shared-values.ts';
import { MAX_READ } from '../mapping/bounds.ts';
import type { JoinedTable } from '../mapping/joins.ts';
import { andPeople, wherePeople } from '../mapping/people-condition.ts';
import { selectItems } from '../mapping/row.ts';
import type { SelectItem } from '../mapping/select-item.ts';
import { parseTableName } from '../mapping/table-name.ts';
import { CANDIDATES } from '../matching/judge.ts';
import type { Mark } from '../matching/watermark.ts';
import type { LegacyOptions } from '../options.ts';
import { valueOfCursor } from './cursor.ts';

/** An identifier in double quotes, which double inside. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteTable(options: LegacyOptions): string {
  return quoteTableName(options.table);
}

function quoteTableName(name: string): string {
  const { schema, table } = parseTableName(name);
  return schema === undefined ? quoteName(table) : `${quoteName(schema)}.${quoteName(table)}`;
}

/** The rows that one login column finds; one parameter, `@text`. */
export function findSql(options: LegacyOptions, login: string, identifier: string): string {
  return `SELECT ${selectList(options)} FROM ${quoteTable(options)}
    WHERE ${loginCondition(options.match, login, identifier)}${andPeople(options)} LIMIT ${CANDIDATES}`;
}

/**
 * SQLite folds the case of ASCII alone, which an index can serve. Beyond ASCII every row is compared in code, those
 * of another length excepted.
 */
function loginCondition(rule: LegacyOptions['match'], login: string, identifier: string): string {
  const column = quoteName(login);
  // A column of bytes, as MediaWiki's user_name, is equal to no text.
  if (rule === 'exact') return `${column} IN (@text, CAST(@text AS BLOB))`;
  return isAscii(identifier)
    ? `${column} = @text COLLATE NOCASE`
    : `length(${column}) = length(@text) AND lower_unicode(${column}) = lower_unicode(@text)`;
}

/** A key is bound as text; a column without affinity may also hold it as a number or as bytes (hex, as we write it). */
export function findByIdSql(options: LegacyOptions): string {
  return `SELECT ${selectList(options)} FROM ${quoteTable(options)}
    WHERE ${quoteName(options.id)} IN (@text, CAST(@text AS NUMERIC), unhex(@text))${andPeople(options)} LIMIT ${CANDIDATES}`;
}

/** The rows with one of so many keys: parameters `@text`, `@text1`, `@text2` and so on. */
export function findManySql(options: LegacyOptions, keys: number, limit: number): string {
  return `SELECT ${selectList(options)} FROM ${quoteTable(options)}
    WHERE ${quoteName(options.id)} IN (${anyOf(keys)})${andPeople(options)} LIMIT ${limit}`;
}

/** What a key may be in a column without affinity. */
function anyOf(keys: number): string {
  const texts = Array.from({ length: keys }, (_, index) => `@text${index === 0 ? '' : index}`);
  return texts.flatMap((text) => [text, `CAST(${text} AS NUMERIC)`, `unhex(${text})`]).join(', ');
}

/** Rows behind a key; one parameter, `@text`, which is the key without its type. */
export function pageSql(options: LegacyOptions, after: string | undefined, limit: number): string {
  const id = quoteName(options.id);
  const condition = after === undefined ? `${id} IS NOT NULL` : `${id} > ${valueOfCursor(after, '@text')}`;
  return `SELECT ${id}, ${selectList(options)} FROM ${quoteTable(options)}
    WHERE ${condition}${andPeople(options)} ORDER BY ${id} LIMIT ${limit}`;
}

/** Rows from a mark on; parameters `@at` and `@text`, both without their types. */
export function changedSql(options: LegacyOptions, since: Mark | undefined, limit: number): string {
  const [id, moment] = [quoteName(options.id), quoteName(options.updatedAt ?? '')];
  const at = since && valueOfCursor(since.at, '@at');
  const conditions = [
    at === undefined ? `${moment} IS NOT NULL` : `${moment} >= ${at}`,
    ...(since?.after === undefined
      ? []
      : [`(${moment} > ${at} OR ${id} > ${valueOfCursor(since.after, '@text')})`]),
  ];
  return `SELECT ${moment}, ${id}, ${selectList(options)} FROM ${quoteTable(options)}
    WHERE ${conditions.join(' AND ')}${andPeople(options)} ORDER BY ${moment}, ${id} LIMIT ${limit}`;
}

export function countSql(options: LegacyOptions): string {
  return `SELECT count(*) FROM ${quoteTable(options)}${wherePeople(options)}`;
}

/** How many values several rows have, by the rule; counting ends past `MOST_SHARED`. */
export function sharedSql(options: LegacyOptions, column: string, match: LegacyOptions['match']): string {
  const name = quoteName(column);
  const folded = match === 'exact' ? name : `lower_unicode(CAST(${name} AS TEXT))`;
  return `SELECT COUNT(*) FROM (SELECT 1 FROM ${quoteTable(options)}
    WHERE ${name} IS NOT NULL AND ${name} <> ''${andPeople(options)}
    GROUP BY ${folded} HAVING COUNT(*) > 1 LIMIT ${MOST_SHARED + 1})`;
}

export function sampleSql(options: LegacyOptions): string {
  return `SELECT ${selectList(options)} FROM ${quoteTable(options)}${wherePeople(options)} LIMIT CAST(@text AS INTEGER)`;
}

/** The rows of a further table with one of so many keys: parameters `@text`, `@text1`, `@text2` and so on. */
export function joinedSql({ table, key, where, items, rowsPerKey }: JoinedTable, keys: number): string {
  const keyColumn = quoteName(key);
  const conditions = [`${keyColumn} IN (${anyOf(keys)})`, ...(where === undefined ? [] : [`(${where})`])];
  return `SELECT ${[keyColumn, ...items.map(expression)].join(', ')} FROM ${quoteTableName(table)}
    WHERE ${conditions.join(' AND ')} LIMIT ${keys * rowsPerKey}`;
}

function selectList(options: LegacyOptions): string {
  return selectItems(options).map(expression).join(', ');
}

function expression(item: SelectItem): string {
  if (item.as === 'active') return `CASE WHEN (${item.condition}) THEN 1 ELSE 0 END`;
  const name = quoteName(item.column);
  if (item.as === 'present') return `CASE WHEN length(${name}) > 0 THEN 1 ELSE 0 END`;
  return `CASE WHEN length(${name}) > ${MAX_READ} THEN substr(${name}, 1, ${MAX_READ}) ELSE ${name} END`;
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}
