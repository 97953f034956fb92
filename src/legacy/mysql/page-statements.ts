import { BridgeError } from '../../domain/errors.ts';
import { andPeople } from '../mapping/people-condition.ts';
import type { Mark } from '../matching/watermark.ts';
import type { LegacyOptions } from '../options.ts';
import { type ColumnInfo, columnNamed, type TableColumns } from './columns.ts';
import { keyComparison, MOMENTS, momentComparison } from './comparison.ts';
import { quoteName } from './names.ts';
import { from, hint, type Statement, selectList } from './statements.ts';

/** Rows behind a key, in the database's own order of keys, so that its index gives them. */
export function pageStatement(
  options: LegacyOptions,
  columns: TableColumns,
  after: string | undefined,
  limit: number,
): Statement {
  const { left, right, accepts } = keyComparison(mapped(columns, options.id));
  if (after !== undefined && !accepts(after)) throw notOurs();
  const sql =
    `SELECT ${hint(options)}${selectList(options, columns)} FROM ${from(options)} ` +
    `WHERE ${after === undefined ? `${left} IS NOT NULL` : `${left} > ${right}`}${andPeople(options)} ORDER BY ${left} LIMIT ${limit}`;
  return { sql, texts: after === undefined ? [] : [after] };
}

/** Rows from a mark on. The first cell is the moment of the change; the others follow `selectItems`. */
export function changedStatement(
  options: LegacyOptions,
  columns: TableColumns,
  since: Mark | undefined,
  limit: number,
): Statement {
  const column = mapped(columns, options.updatedAt ?? '');
  const [moment, key] = [momentComparison(column), keyComparison(mapped(columns, options.id))];
  const isMoment = MOMENTS.includes(column.dataType);
  // A zero date lies before every moment, and is none.
  const mark = since ?? (isMoment ? { at: '0', after: undefined } : undefined);
  const { at, after } = mark ?? {};
  if (at !== undefined && !moment.accepts(at)) throw notOurs();
  if (after !== undefined && !key.accepts(after)) throw notOurs();
  const conditions = [
    at === undefined ? `${moment.left} IS NOT NULL` : `${moment.left} >= ${moment.right}`,
    ...(after === undefined ? [] : [`(${moment.left} > ${moment.right} OR ${key.left} > ${key.right})`]),
  ];
  const sql =
    `SELECT ${hint(options)}${isMoment ? `UNIX_TIMESTAMP(${quoteName(column.name)})` : moment.left}, ` +
    `${selectList(options, columns)} FROM ${from(options)} ` +
    `WHERE ${conditions.join(' AND ')}${andPeople(options)} ORDER BY ${moment.left}, ${key.left} LIMIT ${limit}`;
  return { sql, texts: at === undefined ? [] : after === undefined ? [at] : [at, at, after] };
}

function mapped(columns: TableColumns, name: string): ColumnInfo {
  const column = columnNamed(columns, name);
  if (column === undefined) throw new Error(`${name} is known to be there.`);
  return column;
}

function notOurs(): BridgeError {
  return new BridgeError(
    'invalid_request',
    'This place in the legacy table was not given by this directory.',
  );
}
