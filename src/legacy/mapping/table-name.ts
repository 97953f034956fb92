import { BridgeError } from '../../domain/errors.ts';

export interface TableName {
  /** Undefined: the database that the URL names. */
  readonly schema: string | undefined;
  readonly table: string;
}

/**
 * Reads `table` or `schema.table` of the options.
 *
 * @throws BridgeError `configuration_invalid`
 */
export function parseTableName(text: string): TableName {
  const parts = text.split('.');
  const [first, second] = parts;
  if (first === undefined || parts.length > 2 || parts.includes('')) {
    throw new BridgeError(
      'configuration_invalid',
      `legacy.table: "${text}" is not a table's name. Write it as table or as schema.table.`,
    );
  }
  return second === undefined ? { schema: undefined, table: first } : { schema: first, table: second };
}
