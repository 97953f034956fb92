import { BridgeError, type ErrorCode } from '../domain/errors.ts';

export const EXIT = { ok: 0, failed: 1, usage: 2, checkErrors: 10, checkWarnings: 11 } as const;

/** The last lines of every command's help. */
export const EXIT_CODES_HELP = `
Exit codes: 0 done; 1 failed; 2 wrong usage or configuration; "check" alone: 10 errors found, 11 warnings found.`;

const USAGE: readonly ErrorCode[] = [
  'configuration_invalid',
  'invalid_request',
  'cannot_be_honoured',
  'not_in_this_state',
];

/** The one place where an error becomes an exit code. */
export function exitCodeOf(error: unknown): number {
  return error instanceof BridgeError && USAGE.includes(error.code) ? EXIT.usage : EXIT.failed;
}
