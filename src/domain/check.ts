export type CheckLevel = 'ok' | 'warning' | 'error';

/** One finding about a deployment, as `footbridge check` prints it. */
export interface CheckResult {
  readonly level: CheckLevel;
  /** What was looked at, e.g. `legacy.login.username`. */
  readonly about: string;
  /** What was found, as a sentence. */
  readonly found: string;
  /** What to do about it; the SQL to run where SQL is the answer. */
  readonly remedy?: string;
}
