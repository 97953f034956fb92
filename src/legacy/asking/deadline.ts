/** The server did not answer in time. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
  readonly code = 'ETIMEDOUT';
}

export interface Deadline {
  /** Rejects with TimeoutError when the time is over. */
  readonly passed: Promise<never>;
  cancel(): void;
}

/** @param ms from now */
export function createDeadline(ms: number): Deadline {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {});
  const timer = setTimeout(() => reject(new TimeoutError()), ms);
  return { passed: promise, cancel: () => clearTimeout(timer) };
}
