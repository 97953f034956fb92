import type { CheckResult } from '../../domain/check.ts';
import type { Place } from '../password-column.ts';
import type { MysqlDialect } from './dialect.ts';

/**
 * Whether the second account may UPDATE the password (and the salt) and nothing else.
 *
 * @param facts the account as CURRENT_USER() has it, and the lines of SHOW GRANTS, which are shown to nobody: MariaDB
 * writes the password's hash into them
 */
export function checkColumnGrants(
  place: Place,
  { account, lines }: { account: string; lines: readonly string[] },
  dialect: MysqlDialect,
): CheckResult[] {
  const about = `writeBack.${place.directory}.grants`;
  const wanted = [place.column, ...(place.salt === undefined ? [] : [place.salt])];
  const readings = lines.flatMap((line) => read(place.table, wanted, dialect.parseGrant(line)));
  const updatable = readings.flatMap(({ updates }) => updates);
  const excess = readings.flatMap((reading) => reading.excess);
  const remedy = `Give it exactly this: ${statements(place, wanted, account, dialect)}`;
  const missing = wanted.filter((column) => !updatable.some((one) => same(one, column)));
  const found = `The account ${account}`;
  if (excess.length > 0) {
    const what = `${found} may do more than write ${wanted.join(' and ')}: ${excess.slice(0, 8).join(', ')}.`;
    return [{ level: 'warning', about, found: what, remedy }];
  }
  if (missing.length > 0) {
    return [{ level: 'error', about, found: `${found} may not write ${missing.join(' and ')}.`, remedy }];
  }
  return [{ level: 'ok', about, found: `${found} may write ${wanted.join(' and ')} and nothing else.` }];
}

interface Reading {
  /** Columns of the table that may be updated, by themselves. */
  readonly updates: readonly string[];
  /** What is none of the bridge's business. */
  readonly excess: readonly string[];
}

function read(
  table: string,
  wanted: readonly string[],
  grant: ReturnType<MysqlDialect['parseGrant']>,
): Reading[] {
  if (grant === undefined) return [];
  if (grant.kind === 'role') {
    return [{ updates: [], excess: [`the role ${grant.role}, whose rights the bridge cannot see`] }];
  }
  const { on, written, withGrantOption } = grant;
  const rights = written.map((right): Reading => {
    const columns = isTable(on, table) ? columnsOfUpdate(right) : undefined;
    const allowed = columns?.every((column) => wanted.some((one) => same(one, column)));
    if (columns !== undefined && allowed === true) return { updates: columns, excess: [] };
    return { updates: [], excess: /^(USAGE|SELECT\b.*)$/is.test(right) ? [] : [`${right} on ${on}`] };
  });
  return withGrantOption ? [...rights, { updates: [], excess: [`GRANT OPTION on ${on}`] }] : rights;
}

/** @returns undefined for any right but an UPDATE of named columns */
function columnsOfUpdate(right: string): string[] | undefined {
  const [, list] = /^UPDATE\s*\((.*)\)$/is.exec(right) ?? [];
  return list?.split(',').map((name) => name.trim().replaceAll(/^`|`$/g, '').replaceAll('``', '`'));
}

/** The account's own database is the table's where the configuration names none. */
function isTable(on: string, table: string): boolean {
  const plain = on.replaceAll('`', '');
  return plain === table || plain.endsWith(`.${table}`);
}

function statements(place: Place, wanted: readonly string[], account: string, dialect: MysqlDialect): string {
  const list = (names: readonly string[]) => names.map(dialect.quoteName).join(', ');
  const at = account.lastIndexOf('@');
  const quoted = [account.slice(0, at), account.slice(at + 1)]
    .map((part) => `'${part.replaceAll("'", "''")}'`)
    .join('@');
  const rights = `SELECT (${list([place.id, ...wanted])}), UPDATE (${list(wanted)})`;
  return `REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${quoted}; GRANT ${rights} ON ${dialect.quoteTable(place.table)} TO ${quoted};`;
}

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
