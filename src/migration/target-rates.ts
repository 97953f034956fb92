/** One rate limit a target, over all instances. */
export interface TargetRates {
  /** @returns 0 when one copy may be sent now, else how long to wait, in milliseconds */
  take(target: string): Promise<number>;
}
