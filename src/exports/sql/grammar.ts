import type { Decode } from './charset.ts';

/** How the statements at hand are written. Session statements of the dump (`SET ...`) change it on the way. */
export interface Grammar {
  dialect: 'mysql' | 'postgres' | 'sqlite';
  /** Whether a backslash escapes in a quoted text: MySQL without NO_BACKSLASH_ESCAPES. */
  backslash: boolean;
  /** What ends a statement. */
  delimiter: string;
  /** What the session says its bytes are; undefined: the table's own charset. */
  decode: Decode | undefined;
  /** The database that `USE` or psql's `\connect` chose. */
  schema: string | undefined;
  /** No more bytes will come: the end of what is in memory is the end. */
  final: boolean;
}
