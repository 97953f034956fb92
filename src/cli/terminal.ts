import type { Clock } from '../runtime/clock.ts';
import type { Random } from '../runtime/random.ts';

/** What a command sees of the world outside. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: Random;
  /** A line on standard output: the command's result. */
  print(line: string): void;
  /** A line on standard error: what a person should know about it. */
  complain(line: string): void;
  /**
   * Shows this text in place of what it showed last; an empty text takes the line away. Undefined where standard error
   * is no terminal.
   */
  readonly statusLine?: ((text: string) => void) | undefined;
  /** Asks a person for one line that is not shown; see `read-secret.ts`. */
  askSecret(question: string): Promise<Uint8Array>;
  /** Resolves when the process is asked to stop (SIGINT, SIGTERM). */
  untilStopped(): Promise<void>;
  /** Ends the process as by SIGKILL; used by armed fault points alone. */
  kill(): void;
}
