import type { Terminal } from './terminal.ts';

/** What a command reports to the program that runs it. */
export interface Run {
  readonly terminal: Terminal;
  /** The file that `--config` or FOOTBRIDGE_CONFIG names. */
  configFile(): string;
  /** Sets the exit code of a command that ended well but has something to say by it. */
  exitWith(code: number): void;
}
