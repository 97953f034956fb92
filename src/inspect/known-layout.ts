import type { TableDefinition } from '../domain/table-source.ts';
import type { Proposal } from './legacy-block.ts';

export interface Recognised extends Proposal {
  readonly software: string;
  readonly table: TableDefinition;
  readonly notes: readonly string[];
}

export function recogniseLayout(_tables: readonly TableDefinition[]): Recognised | undefined {
  return undefined;
}
