import type { PersonRef } from '../domain/ids.ts';

/** Rows that somebody tried to log in with and whose password column no scheme reads. */
export interface UnverifiableRows {
  /** @param shape what the column looks like; never the hash */
  record(person: PersonRef, shape: string): Promise<void>;
  /** The row verified after all (a scheme was configured, the legacy app rewrote it). */
  clear(person: PersonRef): Promise<void>;
  /** Grouped by shape, most frequent first, with some of the rows' ids. */
  summary(): Promise<{ directory: string; shape: string; people: number; legacyIds: string[] }[]>;
}
