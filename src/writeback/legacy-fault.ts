import { BridgeError } from '../domain/errors.ts';

/**
 * A driver's error as a sentence for the operator; its own text is dropped, since servers quote SQL and values.
 *
 * @param denied codes by which this database says that the account may not
 */
export function toFault(
  error: unknown,
  { directory, table, denied }: { directory: string; table: string; denied: readonly string[] },
): BridgeError {
  if (error instanceof BridgeError) return error;
  const { code } = (error ?? {}) as { code?: unknown };
  const name = typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'unknown';
  const sentence = denied.includes(name)
    ? `The account in writeBack.${directory}.url may not write the password in ${table}. "footbridge check" writes the GRANT to ask for.`
    : `The legacy database did not take the new password in ${table} (${name}). Nothing is known to be written; try again.`;
  return new BridgeError('legacy_unavailable', sentence);
}
