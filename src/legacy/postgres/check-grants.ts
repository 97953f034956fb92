import { textOf } from '../../domain/cell.ts';
import type { CheckResult } from '../../domain/check.ts';
import type { Questions } from '../asking/questions.ts';
import { mappedColumns } from '../checks/columns.ts';
import { parseTableName } from '../mapping/table-name.ts';
import type { LegacyOptions } from '../options.ts';
import { quoteName, quoteTable, schemaOf } from './names.ts';

const MAX_LISTED = 8;

interface Finding {
  readonly found: string;
  readonly remedy: string;
}

/** Warns of every right beyond reading: of the role itself, of roles it is in, on schemas and on tables. */
export async function checkGrants(options: LegacyOptions, questions: Questions): Promise<CheckResult[]> {
  const about = 'legacy.grants';
  const [row = []] = await questions.ask(
    `SELECT current_user, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls
       FROM pg_roles WHERE rolname = current_user`,
  );
  const account = textOf(row[0]) ?? '';
  const own = `Have an account made for the bridge alone: ${createAccount(options)}`;
  if (row[1] === true) {
    return [
      {
        level: 'warning',
        about,
        found: `The account ${account} is a superuser: whoever has its password has the whole server.`,
        remedy: own,
      },
    ];
  }
  const attributes = ['CREATEROLE', 'CREATEDB', 'REPLICATION'].filter((_, index) => row[index + 2] === true);
  const findings = [
    ...attributes.map((attribute) => ({
      found: `has ${attribute}. It needs SELECT on one table alone.`,
      remedy: own,
    })),
    ...(await powerfulRoles(questions, own)),
    ...(await creating(questions, own)),
    ...(await writing(questions, own)),
  ];
  if (findings.length === 0) {
    return [{ level: 'ok', about, found: `The account ${account} may read and nothing else.` }];
  }
  return findings.map(({ found, remedy }) => ({
    level: 'warning',
    about,
    found: `The account ${account} ${found}`,
    remedy,
  }));
}

/** https://www.postgresql.org/docs/current/predefined-roles.html */
async function powerfulRoles(questions: Questions, remedy: string): Promise<Finding[]> {
  const rows = await questions.ask(
    `SELECT rolname FROM pg_roles
      WHERE (rolsuper OR rolname IN ('pg_read_all_data', 'pg_write_all_data', 'pg_read_server_files',
                                     'pg_write_server_files', 'pg_execute_server_program', 'pg_signal_backend'))
        AND rolname <> current_user AND pg_has_role(oid, 'MEMBER') ORDER BY rolname`,
  );
  return rows.map(([role]) => ({ found: `is a member of ${textOf(role)}. It needs SELECT alone.`, remedy }));
}

async function creating(questions: Questions, own: string): Promise<Finding[]> {
  const rows = await questions.ask(
    `SELECT nspname FROM pg_namespace
      WHERE nspname !~ '^pg_' AND has_schema_privilege(oid, 'CREATE') ORDER BY nspname LIMIT ${MAX_LISTED}`,
  );
  return rows.map(([cell]) => {
    const schema = textOf(cell) ?? '';
    return {
      found: `may create tables and functions in the schema ${schema}. The bridge needs USAGE alone.`,
      remedy:
        schema === 'public'
          ? `Ask for: REVOKE CREATE ON SCHEMA public FROM PUBLIC; (what PostgreSQL 15 begins with). Or: ${own}`
          : own,
    };
  });
}

async function writing(questions: Questions, own: string): Promise<Finding[]> {
  const rows = await questions.ask(
    `SELECT n.nspname || '.' || r.relname, pg_has_role(r.relowner, 'MEMBER')
       FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace
      WHERE r.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND has_schema_privilege(n.oid, 'USAGE')
        AND (pg_has_role(r.relowner, 'MEMBER') OR has_any_column_privilege(r.oid, 'INSERT, UPDATE')
             OR has_table_privilege(r.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER'))
      ORDER BY 1 LIMIT ${MAX_LISTED + 1}`,
  );
  if (rows.length === 0) return [];
  const names = rows.slice(0, MAX_LISTED).map(([name]) => textOf(name));
  const listed = names.join(', ') + (rows.length > MAX_LISTED ? ' and more' : '');
  const owns = rows.some(([, isOwner]) => isOwner === true);
  return [
    {
      found: `may write to ${listed}${owns ? ' (it is the owner)' : ''}. The bridge needs SELECT alone.`,
      remedy: own,
    },
  ];
}

function createAccount(options: LegacyOptions): string {
  return `CREATE ROLE footbridge LOGIN PASSWORD '...'; ${grantOf(options, 'footbridge')}`;
}

/** What the bridge needs, as statements to ask for. */
export function grantOf(options: LegacyOptions, account: string): string {
  const name = parseTableName(options.table);
  const usage = `GRANT USAGE ON SCHEMA ${quoteName(schemaOf(name))} TO ${account};`;
  return `${usage} GRANT ${neededRight(options)} ON ${quoteTable(name)} TO ${account};`;
}

/** The mapped columns, where they are all: a condition of the operator's may read others. */
function neededRight(options: LegacyOptions): string {
  if (typeof options.status?.active === 'string' || options.where !== undefined) return 'SELECT';
  return `SELECT (${mappedColumns(options)
    .map(({ column }) => quoteName(column))
    .join(', ')})`;
}
