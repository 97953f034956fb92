import type { Cell } from '../../domain/cell.ts';
import type { Place } from '../password-column.ts';

export type AskTexts = (sql: string, texts?: readonly string[]) => Promise<Cell[][]>;

/** What the directory's own connector knows of PostgreSQL already. */
export interface PostgresDialect {
  quoteName(name: string): string;
  /** `table` or `schema.table` of the configuration. */
  quoteTable(name: string): string;
  /**
   * Compares the key with its text, as the parameter of this name.
   *
   * @returns undefined when the account sees no such column
   */
  keyCondition(
    ask: AskTexts,
    place: Place,
    parameter: string,
  ): Promise<{ readonly condition: string; accepts(text: string): boolean } | undefined>;
}
