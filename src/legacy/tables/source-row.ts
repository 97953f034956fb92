import { type Cell, textOf } from '../../domain/cell.ts';
import { BridgeError } from '../../domain/errors.ts';
import type { SourceRow, TableDefinition } from '../../domain/table-source.ts';

/** @param cells one a column, in the order of the columns */
export function toSourceRow(columns: TableDefinition['columns'], cells: readonly Cell[]): SourceRow {
  return new Map(columns.map(({ name }, index) => [name, textOf(cells[index]) ?? null]));
}

export const noColumn = ({ name }: TableDefinition, column: string) =>
  new BridgeError('not_found', `The table ${name} has no column ${column} that may be read.`);
