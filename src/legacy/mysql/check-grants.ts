import { textOf } from '../../domain/cell.ts';
import type { CheckResult } from '../../domain/check.ts';
import type { Questions } from '../asking/questions.ts';
import { mappedColumns } from '../checks/columns.ts';
import type { LegacyOptions } from '../options.ts';
import { type Grant, parseGrant } from './grants.ts';
import { quoteName, quoteText } from './names.ts';

const HARMLESS = ['USAGE', 'SELECT', 'SHOW VIEW'];
const MAX_LISTED = 8;

/**
 * Warns of every right beyond reading the table, with the statements that take it away. The lines of SHOW GRANTS
 * themselves are shown to nobody: MariaDB writes the password's hash into them.
 *
 * @param account `user@host`, as CURRENT_USER() has it
 * @param table schema and table, quoted
 * @param right what the bridge needs on it
 */
export async function checkGrants(
  questions: Questions,
  { account, table, right }: { account: string; table: string; right: string },
): Promise<CheckResult[]> {
  const lines = (await questions.ask('SHOW GRANTS')).map(([line]) => textOf(line) ?? '');
  const grants = lines.flatMap((line) => parseGrant(line) ?? []);
  const about = 'legacy.grants';
  const quoted = quoteAccount(account);
  const results = grants.flatMap((grant) => checkGrant(grant, quoted));
  if (results.length === 0) {
    return [{ level: 'ok', about, found: `The account ${account} may read and nothing else.` }];
  }
  const own =
    `have an account made for the bridge alone: CREATE USER 'footbridge'@'%' IDENTIFIED BY '...'; ` +
    `GRANT ${right} ON ${table} TO 'footbridge'@'%';`;
  // Whoever follows a remedy to the letter must not lock the administrator out, nor a legacy app.
  const administers = grants.some(isServerWide);
  return results.map(({ found, revoke }) => ({
    level: 'warning',
    about,
    found: `The account ${account} ${found}`,
    remedy: administers
      ? `Leave this account to those who administer the server, and ${own}`
      : `If nobody else uses this account: ${revoke} GRANT ${right} ON ${table} TO ${quoted}; Otherwise, ${own}`,
  }));
}

function isServerWide(grant: Grant): boolean {
  return (
    grant.kind === 'rights' &&
    grant.on === '*.*' &&
    (widerThanReading(grant).length > 0 || grant.withGrantOption)
  );
}

function widerThanReading(grant: Extract<Grant, { kind: 'rights' }>): string[] {
  return grant.written.filter((_, index) => !HARMLESS.includes(grant.rights[index] ?? ''));
}

function checkGrant(grant: Grant, account: string): { found: string; revoke: string }[] {
  if (grant.kind === 'role') {
    return [
      {
        found: `has the role ${grant.role}, whose rights the bridge cannot see. It needs SELECT on one table alone.`,
        revoke: `REVOKE ${grant.role} FROM ${account};`,
      },
    ];
  }
  const results: { found: string; revoke: string }[] = [];
  const wide = widerThanReading(grant);
  if (wide.length > 0) {
    results.push({
      found: `may do more than read on ${grant.on}: ${listed(wide)}. The bridge needs SELECT alone.`,
      revoke: `REVOKE ${wide.join(', ')} ON ${grant.on} FROM ${account};`,
    });
  } else if (grant.on === '*.*' && grant.rights.includes('SELECT')) {
    results.push({
      found: 'may read every database of the server, the hashes of its accounts among them.',
      revoke: `REVOKE SELECT ON *.* FROM ${account};`,
    });
  }
  if (grant.withGrantOption) {
    results.push({
      found: `may hand its rights on ${grant.on} to others (GRANT OPTION).`,
      revoke: `REVOKE GRANT OPTION ON ${grant.on} FROM ${account};`,
    });
  }
  return results;
}

/** The mapped columns, where they are all: a condition of the operator's may read others. */
export function neededRight(options: LegacyOptions): string {
  if (typeof options.status?.active === 'string' || options.where !== undefined) return 'SELECT';
  return `SELECT (${mappedColumns(options)
    .map(({ column }) => quoteName(column))
    .join(', ')})`;
}

function listed(rights: readonly string[]): string {
  const more = rights.length - MAX_LISTED;
  return rights.slice(0, MAX_LISTED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** `user@host` of CURRENT_USER() as an account name; only the host cannot contain an at sign. */
function quoteAccount(account: string): string {
  const at = account.lastIndexOf('@');
  return `${quoteText(account.slice(0, at))}@${quoteText(account.slice(at + 1))}`;
}
