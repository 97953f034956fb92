import type { Cell } from '../../domain/cell.ts';

/** The only way to a server: one statement, strings as parameters, rows as arrays. */
export interface Questions {
  /**
   * Asks within the timeout, which covers the wait for a connection, connecting and the answer. A connection that the
   * server had closed meanwhile is replaced and asked again.
   *
   * @throws BridgeError `invalid_request` for a parameter that is not a string; the driver's errors; TimeoutError
   */
  ask(sql: string, texts?: readonly string[]): Promise<Cell[][]>;
  close(): Promise<void>;
}
