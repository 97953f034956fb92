/**
 * What all instances must know about a target: whether it is out. Kept in the store, so that one courier's failure
 * spares the others the same attempt.
 */
export interface TargetCircuit {
  /** How many copies may be sent at once: `all`, `one` to see whether a failed target is back, or `none` for now. */
  admits(target: string): Promise<'all' | 'one' | 'none'>;
  /**
   * The target as a whole failed; leaves it alone for a while that doubles with each failure in a row. Copies that
   * fail while it is left alone belong to the same failure.
   */
  failed(target: string, reason: string): Promise<void>;
  /** The target said how long to wait (429, Retry-After). */
  pause(target: string, reason: string, ms: number): Promise<void>;
  /** An admin ends a pause, or vouches for a target that failed: it is tried again at once. */
  resume(target: string): Promise<void>;
  /** The target answers again. A success that arrives while it is to be left alone changes nothing. */
  succeeded(target: string): Promise<void>;
  /** `closedUntil` in milliseconds since 1970. */
  states(): Promise<{ target: string; closedUntil: number; failures: number; reason: string | null }[]>;
}
