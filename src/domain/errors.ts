/** Every code an error of the bridge can carry; each edge maps them once (HTTP status, exit code, retry or park). */
export type ErrorCode =
  | 'configuration_invalid'
  | 'legacy_unavailable'
  | 'store_unavailable'
  | 'store_key_wrong'
  | 'target_unavailable'
  | 'overloaded'
  | 'not_found'
  | 'already_exists'
  | 'changed_meanwhile'
  /** Understood, and what is configured or what the target can do stands against it. */
  | 'cannot_be_honoured'
  /** What is there now stands against it; it may be possible later. */
  | 'not_in_this_state'
  | 'invalid_request';

/**
 * What a caller could not expect. The message is a sentence for the person who reads it: what happened, why, and
 * what to do. It never holds a password, a hash, a token or a key.
 */
export class BridgeError extends Error {
  override readonly name = 'BridgeError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

export function hasCode(error: unknown, code: ErrorCode): error is BridgeError {
  return error instanceof BridgeError && error.code === code;
}
