/** The courier: takes captured people from the ledger to the targets. */
export interface Worker {
  /**
   * Copies what is due now, once: as much as runs at a time.
   *
   * @returns how many copies were settled, whichever way; 0 when nothing was due or everything has to wait
   */
  runOnce(): Promise<number>;
  start(): void;
  /** Claims nothing more, waits some seconds for the copies under way, and gives back the leases of the rest. */
  stop(): Promise<void>;
}
