import type { Cell } from '../../domain/cell.ts';
import type { Place } from '../password-column.ts';

export type AskTexts = (sql: string, texts?: readonly string[]) => Promise<Cell[][]>;

/** What the directory's own connector knows of MySQL already. */
export interface MysqlDialect {
  quoteName(name: string): string;
  /** `table` or `schema.table` of the configuration. */
  quoteTable(name: string): string;
  /**
   * Compares the key with its text, as one parameter.
   *
   * @returns undefined when the account sees no such column
   */
  keyCondition(
    ask: AskTexts,
    place: Place,
  ): Promise<{ readonly condition: string; accepts(text: string): boolean } | undefined>;
  /** @returns undefined for a line of SHOW GRANTS that grants nothing */
  parseGrant(line: string):
    | {
        readonly kind: 'rights';
        /** With column lists, as the server writes them. */
        readonly written: readonly string[];
        readonly on: string;
        readonly withGrantOption: boolean;
      }
    | { readonly kind: 'role'; readonly role: string }
    | undefined;
}
