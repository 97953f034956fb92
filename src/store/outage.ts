import { BridgeError } from '../domain/errors.ts';

/** What mysql2 says of itself, where the connection is not what failed. */
const NO_ANSWER = ['PROTOCOL_SEQUENCE_TIMEOUT', 'Queue limit reached.'];

/**
 * A MySQL store that cannot be asked is an outage; what it answers stays as it is, since callers look at the code.
 *
 * @returns a BridgeError `store_unavailable` whose cause is the driver's error, or that error itself
 */
export function asStoreError(error: Error): Error {
  const { code, fatal } = error as { code?: unknown; fatal?: unknown };
  if (fatal !== true && !NO_ANSWER.includes(String(code ?? error.message))) return error;
  return new BridgeError(
    'store_unavailable',
    `The store cannot be reached (${typeof code === 'string' ? code : 'the connection broke'}). ` +
      'Check that the server runs, and that host, database, user and password in "store" are right.',
    { cause: error },
  );
}
