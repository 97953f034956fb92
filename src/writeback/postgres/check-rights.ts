import { textOf } from '../../domain/cell.ts';
import type { CheckResult } from '../../domain/check.ts';
import type { Place } from '../password-column.ts';
import type { AskTexts, PostgresDialect } from './dialect.ts';

const MAX_LISTED = 8;

/** Whether the second account may UPDATE the password (and the salt) and nothing else. */
export async function checkColumnRights(
  place: Place,
  ask: AskTexts,
  dialect: PostgresDialect,
): Promise<CheckResult[]> {
  const about = `writeBack.${place.directory}.grants`;
  const wanted = [place.column, ...(place.salt === undefined ? [] : [place.salt])];
  const table = dialect.quoteTable(place.table);
  const [[user, isSuper] = []] = await ask(
    'SELECT current_user::text, rolsuper::text FROM pg_roles WHERE rolname = current_user',
  );
  const columns = (
    await ask(
      `SELECT attname::text FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0
         AND NOT attisdropped AND has_column_privilege(attrelid, attnum, 'UPDATE')`,
      [table],
    )
  ).map(([name]) => textOf(name) ?? '');
  const elsewhere = (
    await ask(
      `SELECT (n.nspname || '.' || r.relname)::text
         FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace
        WHERE r.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
          AND has_schema_privilege(n.oid, 'USAGE')
          AND (has_table_privilege(r.oid, 'INSERT, DELETE, TRUNCATE, TRIGGER')
               OR has_any_column_privilege(r.oid, 'INSERT')
               OR (r.oid <> $1::text::regclass AND has_any_column_privilege(r.oid, 'UPDATE')))
        ORDER BY 1 LIMIT ${MAX_LISTED}`,
      [table],
    )
  ).map(([name]) => textOf(name) ?? '');
  const account = textOf(user) ?? '';
  const list = (names: readonly string[]) => names.map(dialect.quoteName).join(', ');
  const remedy =
    `Give an account of its own exactly this: GRANT SELECT (${list([place.id, ...wanted])}), ` +
    `UPDATE (${list(wanted)}) ON ${table} TO ${dialect.quoteName(account)};`;
  const excess = [
    ...(textOf(isSuper) === 'true' ? ['everything, as a superuser'] : []),
    ...columns.filter((name) => !wanted.includes(name)).map((name) => `UPDATE (${name})`),
    ...elsewhere.map((name) => `more than to update on ${name}`),
  ];
  const missing = wanted.filter((name) => !columns.includes(name));
  if (excess.length > 0) {
    const found = `The account ${account} may do more than write ${wanted.join(' and ')}: ${excess.slice(0, MAX_LISTED).join(', ')}.`;
    return [{ level: 'warning', about, found, remedy }];
  }
  if (missing.length > 0) {
    return [
      {
        level: 'error',
        about,
        found: `The account ${account} may not write ${missing.join(' and ')}.`,
        remedy,
      },
    ];
  }
  return [
    {
      level: 'ok',
      about,
      found: `The account ${account} may write ${wanted.join(' and ')} and nothing else.`,
    },
  ];
}
