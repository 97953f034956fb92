import { BridgeError } from '../../domain/errors.ts';

/** The server went away (class 57P, PostgreSQL manual, appendix A), or the network did. */
const LOST = ['ECONNRESET', 'EPIPE', '57P01', '57P02', '08006', '08003'];
const LOST_MESSAGES = /^(Connection terminated|Client was closed|Client has encountered a connection error)/;

/** True when the connection broke under the question, so that another connection may be asked the same. */
export function isConnectionLost(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return LOST.includes(code);
  return typeof message === 'string' && LOST_MESSAGES.test(message) && !isConnectTimeout(message);
}

const isConnectTimeout = (message: string) =>
  /^(Connection terminated due to|timeout exceeded)/.test(message);

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
  QUEUE_FULL:
    'Too many look-ups wait for the legacy database at %s. See whether it is slow, or raise legacy.connections.',
  '28P01':
    'The legacy database at %s refused the account. Correct the user and password in legacy.url, or let pg_hba.conf ask for a password.',
  '28000': 'The legacy database at %s does not let the account in from here. Allow it in its pg_hba.conf.',
  '3D000': 'The database that legacy.url names does not exist at %s. Correct legacy.url.',
  '42P01': 'There is no table or view %t at %s. Correct legacy.table.',
  '3F000': 'There is no schema of %t at %s. Correct legacy.table.',
  '42703': 'A column that the configuration names is not in %t. `footbridge check` says which.',
  '42501':
    'The account in legacy.url may not read all that is mapped of %t. `footbridge check` writes the GRANT to ask for.',
  '42601':
    'The legacy database did not understand a condition of yours: legacy.where, legacy.status.active or that of a join. `footbridge check` says which.',
  '42883':
    'A condition of yours (legacy.where, legacy.status.active or that of a join) compares what cannot be compared, or calls a function without its schema. `footbridge check` says which.',
  '53300':
    'The legacy database at %s has no connection left. Lower legacy.connections, or raise its max_connections.',
  '57014': 'A look-up in %t took longer than legacy.timeoutMs. Index the login columns.',
  '57P03': 'The legacy database at %s is starting up or shutting down. Logins go on once it is back.',
  '08P01':
    'Whatever answers at %s did not take the settings of a session. A connection pooler must pass "options" on, or pool by session.',
};

const TLS =
  'TLS with the legacy database at %s failed: its certificate is not trusted, or is of another host. Name its CA by ?sslrootcert= in legacy.url, and the host as the certificate does.';
const NO_TLS = 'The legacy database at %s offers no TLS. Turn it on there, or drop sslmode from legacy.url.';

const OUT = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ETIMEDOUT',
  '53300',
  '57P03',
];

/** True when the server cannot be asked now, whatever the question; another one with the same data may be. */
export function isOut(error: unknown): boolean {
  return isConnectionLost(error) || OUT.includes(codeOf(error)) || isConnectTimeout(messageOf(error));
}

/** Errors of the server about the statement, not about the way to it: what is known of the table may be out of date. */
export function isAboutTheTable(error: unknown): boolean {
  return /^(22|42|3F)/.test(codeOf(error));
}

/** The database's character set has no such character: no row can hold the text. */
export function isUnwritable(error: unknown): boolean {
  return ['22P05', '22021'].includes(codeOf(error));
}

/** The driver's error as a sentence for the operator; its own text, which quotes SQL and data, is dropped. */
export function toFault(error: unknown, place: { server: string; table: string }): BridgeError {
  if (error instanceof BridgeError) return error;
  return new BridgeError(
    'legacy_unavailable',
    sentenceOf(error)
      .replaceAll('%s', () => place.server)
      .replaceAll('%t', () => place.table),
  );
}

function sentenceOf(error: unknown): string {
  const code = codeOf(error);
  const message = messageOf(error);
  if (isConnectionLost(error)) {
    return 'The legacy database at %s closed the connection. See whether it restarts; logins go on once it is back.';
  }
  if (/does not support SSL/.test(message)) return NO_TLS;
  if (/CERT|SIGNATURE|^ERR_(TLS|SSL)/.test(code)) return TLS;
  if (code === '' && isConnectTimeout(message)) return SENTENCES.ETIMEDOUT ?? '';
  return SENTENCES[code] ?? `The legacy database at %s answered with the fault ${named(code)}.`;
}

function messageOf(error: unknown): string {
  return String((error as { message?: unknown } | null)?.message ?? '');
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** Codes are capitals and digits; nothing else is let through. */
function named(code: string): string {
  return /^[A-Z0-9][A-Z0-9_]{1,60}$/.test(code) ? code : '"unknown"';
}
