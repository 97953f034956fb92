import { BridgeError } from '../../domain/errors.ts';
import { andPeople } from '../mapping/people-condition.ts';
import type { Mark } from '../matching/watermark.ts';
import type { LegacyOptions } from '../options.ts';
import { type ColumnInfo, columnNamed, type TableColumns } from './columns.ts';
import { keyComparison, momentComparison } from './comparison.ts';
import { quoteName } from './names.ts';
import { from, MOMENTS, type Statement, selectList } from './statements.ts';

/** Rows behind a key, in the database's own order of keys, so that its index gives them. */
export function pageStatement(
  options: LegacyOptions,
  columns: TableColumns,
  after: string | undefined,
  limit: number,
): Statement {
  const { left, right, operator, accepts } = keyComparison(mapped(columns, options.id));
  if (after !== undefined && !accepts(after)) throw notOurs();
  const condition = after === undefined ? `${left} IS NOT NULL` : `${left} ${operator('>')} ${right('$1')}`;
  const sql =
    `SELECT ${selectList(options, columns)} FROM ${from(options)} ` +
    `WHERE ${condition}${andPeople(options)} ORDER BY ${left} LIMIT ${limit}`;
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
  const { at, after } = since ?? {};
  if (at !== undefined && !moment.accepts(at)) throw notOurs();
  if (after !== undefined && !key.accepts(after)) throw notOurs();
  const isMoment = MOMENTS.includes(column.type);
  const name = quoteName(column.name);
  const later = `${moment.left} ${moment.operator('>')} ${moment.right('$1')}`;
  const conditions = [
    isMoment ? `isfinite(${name})` : `${name} IS NOT NULL`,
    ...(at === undefined ? [] : [`${moment.left} ${moment.operator('>=')} ${moment.right('$1')}`]),
    ...(after === undefined ? [] : [`(${later} OR ${key.left} ${key.operator('>')} ${key.right('$2')})`]),
  ];
  const sql =
    `SELECT ${isMoment ? `extract(epoch FROM ${name}::timestamptz)` : name}::text, ` +
    `${selectList(options, columns)} FROM ${from(options)} ` +
    `WHERE ${conditions.join(' AND ')}${andPeople(options)} ORDER BY ${moment.left}, ${key.left} LIMIT ${limit}`;
  return { sql, texts: [at, after].filter((text) => text !== undefined) };
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
