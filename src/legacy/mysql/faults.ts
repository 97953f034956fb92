import { BridgeError } from '../../domain/errors.ts';

const LOST = [
  'PROTOCOL_CONNECTION_LOST',
  'ECONNRESET',
  'EPIPE',
  'ER_SERVER_SHUTDOWN',
  'ER_CLIENT_INTERACTION_TIMEOUT',
];

/** True when the connection broke under the question, so that another connection may be asked the same. */
export function isConnectionLost(error: unknown): boolean {
  const { code, fatal } = (error ?? {}) as { code?: unknown; fatal?: unknown };
  // A connection that is already closed refuses commands with a fatal error that has no code.
  return code === undefined ? fatal === true : LOST.includes(String(code));
}

/** What each fault means for the person who runs the bridge. `%t` is the table, `%s` the server. */
const SENTENCES: Record<string, string> = {
  ECONNREFUSED: 'The legacy database at %s refused the connection. Start it, or correct legacy.url.',
  ENOTFOUND: 'The host of the legacy database, %s, has no address. Correct legacy.url, or the name server.',
  EAI_AGAIN: 'The name server did not answer for the host of the legacy database, %s. Try again.',
  EHOSTUNREACH: 'The legacy database at %s cannot be reached over the network. Check routes and firewalls.',
  ENETUNREACH: 'The legacy database at %s cannot be reached over the network. Check routes and firewalls.',
  ENOENT: 'The socket of the legacy database does not exist. Start the database, or correct legacy.url.',
  ETIMEDOUT:
    'The legacy database at %s did not answer in time. See whether it is overloaded, or raise legacy.timeoutMs.',
  'Queue limit reached.':
    'Too many look-ups wait for the legacy database at %s. See whether it is slow, or raise legacy.connections.',
  ER_ACCESS_DENIED_ERROR:
    'The legacy database at %s refused the account. Correct the user and password in legacy.url.',
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR:
    'The legacy database at %s refused the account. Give a password in legacy.url.',
  ER_DBACCESS_DENIED_ERROR:
    'The account in legacy.url may not use its database at %s. Ask for GRANT SELECT on the table %t.',
  ER_BAD_DB_ERROR: 'The database that legacy.url names does not exist at %s. Correct legacy.url.',
  ER_NO_DB_ERROR: 'legacy.url names no database. Append /database, or write legacy.table as schema.table.',
  ER_NO_SUCH_TABLE: 'There is no table or view %t at %s. Correct legacy.table.',
  ER_BAD_FIELD_ERROR: 'A column that the configuration names is not in %t. `footbridge check` says which.',
  ER_TABLEACCESS_DENIED_ERROR:
    'The account in legacy.url may not read %t. Ask for GRANT SELECT on it; `footbridge check` writes the statement.',
  ER_COLUMNACCESS_DENIED_ERROR:
    'The account in legacy.url may not read every mapped column of %t. `footbridge check` writes the GRANT to ask for.',
  ER_VIEW_INVALID:
    'The view %t reads tables or columns that are gone, or that its definer may not read. Repair it.',
  ER_PARSE_ERROR:
    'The legacy database did not understand a condition of yours: legacy.where, legacy.status.active or that of a join. `footbridge check` says which.',
  ER_CON_COUNT_ERROR:
    'The legacy database at %s has no connection left. Lower legacy.connections, or raise its max_connections.',
  ER_TOO_MANY_USER_CONNECTIONS:
    'The account in legacy.url has used up its connections at %s. Lower legacy.connections.',
  ER_USER_LIMIT_REACHED: 'The account in legacy.url has used up its allowance at %s. Raise it, or wait.',
  ER_HOST_NOT_PRIVILEGED:
    'The legacy database at %s accepts no connection from this machine. Allow its address.',
  ER_HOST_IS_BLOCKED:
    'The legacy database at %s has blocked this machine after failed connections. Run FLUSH HOSTS there.',
  ER_QUERY_TIMEOUT: 'A look-up in %t took longer than legacy.timeoutMs. Index the login columns.',
  ER_STATEMENT_TIMEOUT: 'A look-up in %t took longer than the server allows. Index the login columns.',
  HANDSHAKE_NO_SSL_SUPPORT:
    'The legacy database at %s offers no TLS. Turn it on there, or drop tls from legacy.url.',
  HANDSHAKE_SSL_ERROR:
    'TLS with the legacy database at %s failed: its certificate is not trusted, or is of another host. Name its CA by ?tls-ca= in legacy.url, and the host as the certificate does.',
  AUTH_SWITCH_PLUGIN_ERROR:
    'The account in legacy.url wants a way of authentication that the bridge has not. Use a password account.',
};

const OUT = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ETIMEDOUT',
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_HOST_IS_BLOCKED',
];

/** True when the server cannot be asked now, whatever the question; another one with the same data may be. */
export function isOut(error: unknown): boolean {
  return isConnectionLost(error) || OUT.includes(codeOf(error));
}

/** Errors of the server about the statement, not about the way to it: what is known of the table may be out of date. */
export function isAboutTheTable(error: unknown): boolean {
  return codeOf(error).startsWith('ER_') && !isConnectionLost(error);
}

/**
 * The driver's error as a sentence for the operator. Its own text is dropped, since servers quote SQL and values.
 *
 * @param place the server as `host:port`, and the table
 */
export function toFault(error: unknown, place: { server: string; table: string }): BridgeError {
  if (error instanceof BridgeError) return error;
  const code = codeOf(error);
  const sentence = isConnectionLost(error)
    ? 'The legacy database at %s closed the connection. See whether it restarts; logins go on once it is back.'
    : (SENTENCES[code] ?? `The legacy database at %s answered with the fault ${named(code)}.`);
  return new BridgeError(
    'legacy_unavailable',
    sentence.replaceAll('%s', () => place.server).replaceAll('%t', () => place.table),
  );
}

function codeOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return code;
  return typeof message === 'string' && Object.hasOwn(SENTENCES, message) ? message : '';
}

/** Codes are capitals and digits; nothing else is let through. */
function named(code: string): string {
  return /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : '"unknown"';
}
