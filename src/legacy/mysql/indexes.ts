import { textOf } from '../../domain/cell.ts';
import type { Questions } from '../asking/questions.ts';
import type { TableName } from '../mapping/table-name.ts';

/** An index that the optimizer may use. */
export interface IndexInfo {
  readonly unique: boolean;
  /** Column names in lower case, in order; an expression as MySQL writes it, e.g. ``lower(`email`)``. */
  readonly parts: readonly string[];
  /** True when only the beginning of a column is indexed. */
  readonly prefixed: boolean;
}

export async function readIndexes(questions: Questions, name: TableName): Promise<IndexInfo[]> {
  // MySQL 8 has IS_VISIBLE and EXPRESSION, MariaDB 10.6 has IGNORED, older ones have none of them.
  const extra = (
    await questions.ask(
      `SELECT column_name FROM information_schema.columns
        WHERE table_schema = 'information_schema' AND table_name = 'STATISTICS'
          AND column_name IN ('IS_VISIBLE', 'IGNORED', 'EXPRESSION')`,
    )
  ).map(([column]) => textOf(column)?.toUpperCase());
  const usable = extra.includes('IS_VISIBLE')
    ? "AND is_visible = 'YES'"
    : extra.includes('IGNORED')
      ? "AND ignored = 'NO'"
      : '';
  const rows = await questions.ask(
    `SELECT index_name, non_unique, column_name, sub_part, ${extra.includes('EXPRESSION') ? 'expression' : 'NULL'}
       FROM information_schema.statistics
      WHERE table_schema = ${name.schema === undefined ? 'DATABASE()' : '?'} AND table_name = ?
        AND index_type IN ('BTREE', 'HASH', 'RTREE') ${usable}
      ORDER BY index_name, seq_in_index`,
    name.schema === undefined ? [name.table] : [name.schema, name.table],
  );
  const indexes = new Map<string, { unique: boolean; parts: string[]; prefixed: boolean }>();
  for (const [index, nonUnique, column, prefix, expression] of rows.map((row) => row.map(textOf))) {
    const known = indexes.get(index ?? '') ?? { unique: nonUnique === '0', parts: [], prefixed: false };
    known.parts.push((column ?? expression ?? '').toLowerCase());
    known.prefixed ||= prefix !== undefined;
    indexes.set(index ?? '', known);
  }
  return [...indexes.values()];
}

/** True when an index begins with this column or expression. */
export function isLed(indexes: readonly IndexInfo[], part: string): boolean {
  return indexes.some(({ parts }) => parts[0] === part.toLowerCase());
}

/** True when an index keeps this column or expression unique by itself. */
export function isUnique(indexes: readonly IndexInfo[], part: string): boolean {
  return indexes.some(
    ({ unique, parts, prefixed }) =>
      unique && !prefixed && parts.length === 1 && parts[0] === part.toLowerCase(),
  );
}
