/**
 * What all instances must know about a target: whether it is out. Kept in the store, so that one courier's failure
 * spares the others the same attempt.
 */
export interface TargetCircuit {
  /** Milliseconds since 1970 until which the target is to be left alone; 0 when it may be asked. */
  closedUntil(target: string): Promise<number>;
  /** The target as a whole failed; leaves it alone for a while that doubles with each failure in a row. */
  failed(target: string, reason: string): Promise<void>;
  /** The target said how long to wait (429, Retry-After). */
  pause(target: string, reason: string, ms: number): Promise<void>;
  succeeded(target: string): Promise<void>;
  states(): Promise<{ target: string; closedUntil: number; failures: number; reason: string | null }[]>;
}
