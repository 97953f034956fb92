import { errors } from 'oidc-provider';

/**
 * An outage in OAuth's words (RFC 6749, section 4.1.2.1), with the status that says the same to HTTP: clients try
 * again instead of taking it for a "no".
 */
export function temporarilyUnavailable(description: string, cause: unknown): errors.OIDCProviderError {
  const error = new errors.TemporarilyUnavailable(description, { cause, detail: 'outage' });
  error.status = 503;
  error.statusCode = 503;
  return error;
}
