import { sql } from 'kysely';
import type { PutResult, UserCopy } from '../target.ts';
import { asResult } from './explain.ts';
import { differing, insertable, type Place, putRow, type Row, type Wanted, wantedColumns } from './put.ts';

/** Bounds the size of a statement, and of SQLite's condition over e-mails. */
const AT_ONCE = 250;

/**
 * The same as `putRow` for each, in few statements: whoever is new and collides with nobody is inserted together with
 * the others, whoever is there already and is to stay as they are costs nothing more, and everybody else goes one by one.
 */
export async function putRows(place: Place, copies: readonly UserCopy[]): Promise<PutResult[]> {
  const results: PutResult[] = [];
  for (let from = 0; from < copies.length; from += AT_ONCE) {
    results.push(...(await putSome(place, copies.slice(from, from + AT_ONCE))));
  }
  return results;
}

async function putSome(place: Place, copies: readonly UserCopy[]): Promise<PutResult[]> {
  const done = await putTogether(place, copies);
  const results: PutResult[] = [];
  for (const copy of copies) results.push(done.get(copy) ?? (await putAlone(place, copy)));
  return results;
}

/** @returns whoever needs nothing more */
async function putTogether(place: Place, copies: readonly UserCopy[]): Promise<Map<UserCopy, PutResult>> {
  const known = await rowsAtOnce(place, copies);
  const taken = await emailsTaken(place, copies);
  const done = new Map<UserCopy, PutResult>();
  const fresh: Person[] = [];
  for (const copy of copies) {
    const wanted = wantedColumns(place, copy);
    const rows = known.get(copy.externalId.toLowerCase()) ?? [];
    if (rows.length === 0 && !collides(place, wanted, taken)) {
      fresh.push({ copy, values: insertable(place, wanted) });
    } else if (isAsWanted(place, copy, wanted, rows)) done.set(copy, { kind: 'updated' });
  }
  for (const people of alike(fresh)) {
    if (!(await insertTogether(place, people))) continue;
    for (const { copy } of people) done.set(copy, { kind: 'created' });
  }
  return done;
}

interface Person {
  readonly copy: UserCopy;
  readonly values: Wanted;
}

/** By the columns that are written: a column that keeps its default for one is written for another. */
function alike(people: readonly Person[]): Person[][] {
  return [
    ...Map.groupBy(people, ({ values }) => JSON.stringify(values.map(({ column }) => column))).values(),
  ];
}

function isAsWanted(place: Place, copy: UserCopy, wanted: Wanted, rows: readonly Row[]): boolean {
  const [row, second] = rows;
  if (row === undefined || second !== undefined || String(row.external_id) !== copy.externalId) return false;
  const asRead = Object.fromEntries(wanted.map(({ column }, index) => [`c${index}`, row[`v_${column}`]]));
  return differing(place, wanted, asRead).length === 0;
}

/** What fails here fails for this person alone. */
async function putAlone(place: Place, copy: UserCopy): Promise<PutResult> {
  try {
    return await putRow(place, copy);
  } catch (error) {
    return asResult(error, place.engine.explain(error), place.table);
  }
}

/** By external id in lower case: a collation may find ids that are not quite the same, and then `putRow` decides. */
async function rowsAtOnce(place: Place, copies: readonly UserCopy[]): Promise<Map<string, Row[]>> {
  const { db, options } = place;
  const columns = [
    ...Object.keys(options.columns),
    ...(options.password === undefined ? [] : [options.password.column]),
  ];
  const selected = columns.map((column) => sql`${sql.id(column)} as ${sql.id(`v_${column}`)}`);
  const ids = copies.map(({ externalId }) => externalId);
  const { rows } = await sql<Row>`
    select ${sql.join([sql`${sql.id(options.externalId)} as external_id`, ...selected])}
    from ${sql.table(options.table)} where ${sql.id(options.externalId)} in (${sql.join(ids)})`.execute(db);
  return Map.groupBy(rows, (row) => String(row.external_id).toLowerCase());
}

/** The e-mails of these people that stand in a row already, or are two people's among them; in lower case. */
async function emailsTaken(place: Place, copies: readonly UserCopy[]): Promise<Set<string>> {
  const { db, engine, options, table } = place;
  const taken = new Set<string>();
  for (const column of emailColumns(place)) {
    const emails = copies.flatMap(({ profile }) => profile.email ?? []);
    const seen = new Set<string>();
    for (const email of emails.map((one) => one.toLowerCase())) {
      if (seen.has(email)) taken.add(email);
      seen.add(email);
    }
    if (emails.length === 0) continue;
    const conditions = emails.map((email) => engine.likelyEqual(table, column, email));
    const { rows } = await sql<{ email: unknown }>`
      select ${sql.id(column)} as email from ${sql.table(options.table)}
      where ${sql.join(conditions, sql` or `)}`.execute(db);
    for (const { email } of rows) taken.add(String(email).toLowerCase());
  }
  return taken;
}

const emailColumns = ({ options }: Place): string[] =>
  Object.keys(options.columns).filter((column) => options.columns[column] === 'email');

function collides(place: Place, wanted: Wanted, taken: ReadonlySet<string>): boolean {
  const columns = emailColumns(place);
  return wanted.some(
    ({ column, value }) => columns.includes(column) && taken.has(String(value).toLowerCase()),
  );
}

/** @returns false when one of them stands in the way: the database has inserted nobody */
async function insertTogether({ db, options }: Place, people: readonly Person[]): Promise<boolean> {
  const columns = [options.externalId, ...(people[0]?.values.map(({ column }) => column) ?? [])];
  const rows = people.map(
    ({ copy, values }) => sql`(${sql.join([copy.externalId, ...values.map(({ value }) => value)])})`,
  );
  try {
    await sql`
      insert into ${sql.table(options.table)} (${sql.join(columns.map((column) => sql.id(column)))})
      values ${sql.join(rows)}`.execute(db);
    return true;
  } catch {
    return false;
  }
}
