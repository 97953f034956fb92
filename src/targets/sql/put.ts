import { sql } from 'kysely';
import type { UserProfile } from '../../domain/user-profile.ts';
import type { CopyToPreview, PreviewField, PutResult, UserCopy } from '../target.ts';
import type { Database, Engine } from './engine.ts';
import { asResult } from './explain.ts';
import type { SqlTargetOptions } from './options.ts';
import { columnOf, type Table } from './table.ts';
import { fieldValue, isSame, type SqlValue } from './values.ts';

export type Row = Record<string, unknown>;
export type Wanted = readonly { readonly column: string; readonly value: SqlValue }[];

export interface Place {
  readonly db: Database;
  readonly engine: Engine;
  readonly options: SqlTargetOptions;
  readonly table: Table;
}

/**
 * Brings one person's row to what the copy says: inserts it, or updates the columns that differ, so that the same copy
 * again changes nothing.
 */
export async function putRow(place: Place, copy: UserCopy): Promise<PutResult> {
  const result = await updateOrInsert(place, copy);
  // What is in the way may be this very person, inserted by somebody else since we looked: look once more.
  return result.kind === 'conflict' ? updateOrInsert(place, copy) : result;
}

async function updateOrInsert(place: Place, copy: UserCopy): Promise<PutResult> {
  const step = await nextStep(place, copy);
  switch (step.kind) {
    case 'insert':
      return insert(place, copy, step.values);
    case 'update':
      return update(place, copy, step.values);
    case 'conflict':
      return step;
  }
}

export type Step =
  | { readonly kind: 'insert' | 'update'; readonly values: Wanted }
  | Extract<PutResult, { kind: 'conflict' }>;

/** What is to be done with the person's row; reads only. */
export async function nextStep(place: Place, copy: UserCopy): Promise<Step> {
  const wanted = wantedColumns(place, copy);
  const rows = await rowsOf(place, copy, wanted);
  const own = rows.filter((row) => String(row.external_id) === copy.externalId);
  const [row] = own;
  // The database's collation may take another external id for this one; two rows of one person need an admin.
  if (rows.length > own.length || own.length > 1) return conflictIn(place.options.externalId);
  const changes = row === undefined ? insertable(place, wanted) : differing(place, wanted, row);
  const taken = await emailHeldByStranger(place, copy, changes);
  if (taken !== undefined) return conflictIn(taken);
  return { kind: row === undefined ? 'insert' : 'update', values: changes };
}

export const conflictIn = (column: string): Extract<PutResult, { kind: 'conflict' }> => ({
  kind: 'conflict',
  reason: `Another row has the same value in ${column}.`,
});

/** What a row of somebody new would hold; `rehash` says whether one goes with it. */
export function previewRow(
  place: Pick<Place, 'options' | 'table'>,
  { externalId, profile, rehash }: CopyToPreview,
): PreviewField[] {
  const { password } = place.options;
  return [
    { name: place.options.externalId, value: externalId },
    ...insertable(place, profileColumns(place, profile)).map(({ column, value }) => ({
      name: column,
      value,
    })),
    ...(rehash && password !== undefined ? [{ name: password.column }] : []),
  ];
}

export function wantedColumns({ options, table }: Place, { profile, rehash }: UserCopy): Wanted {
  const wanted = profileColumns({ options, table }, profile);
  if (options.password === undefined || rehash === undefined) return wanted;
  return [...wanted, { column: options.password.column, value: rehash }];
}

function profileColumns({ options, table }: Pick<Place, 'options' | 'table'>, profile: UserProfile): Wanted {
  return Object.entries(options.columns).map(([column, claim]) => ({
    column,
    value: fieldValue(profile, claim, columnOf(table, column)?.kind ?? 'text'),
  }));
}

export async function rowsOf({ db, options }: Place, copy: UserCopy, wanted: Wanted): Promise<Row[]> {
  const columns = wanted.map(({ column }, index) => sql`${sql.id(column)} as ${sql.id(`c${index}`)}`);
  const { rows } = await sql<Row>`
    select ${sql.join([sql`${sql.id(options.externalId)} as external_id`, ...columns])}
    from ${sql.table(options.table)} where ${sql.id(options.externalId)} = ${copy.externalId} limit 3`.execute(
    db,
  );
  return rows;
}

/** A column that cannot be null keeps its own default where the profile says nothing. */
export const insertable = ({ table }: Pick<Place, 'table'>, wanted: Wanted): Wanted =>
  wanted.filter(({ column, value }) => value !== null || columnOf(table, column)?.nullable);

export const differing = (place: Place, wanted: Wanted, row: Row): Wanted => {
  const writable = new Set(insertable(place, wanted));
  return wanted.filter((one, index) => writable.has(one) && !isSame(row[`c${index}`], one.value));
};

/** The column in which somebody else's row holds this person's e-mail, whatever its case. */
async function emailHeldByStranger(
  { db, engine, options, table }: Place,
  copy: UserCopy,
  changes: Wanted,
): Promise<string | undefined> {
  for (const { column, value } of changes) {
    if (options.columns[column] !== 'email' || typeof value !== 'string') continue;
    const { rows } = await sql<{ external_id: unknown; email: unknown }>`
      select ${sql.id(options.externalId)} as external_id, ${sql.id(column)} as email
      from ${sql.table(options.table)} where ${engine.likelyEqual(table, column, value)} limit 50`.execute(
      db,
    );
    const isStranger = (row: { external_id: unknown; email: unknown }) =>
      String(row.external_id) !== copy.externalId && String(row.email).toLowerCase() === value.toLowerCase();
    if (rows.some(isStranger)) return column;
  }
  return undefined;
}

async function insert(
  { db, engine, options, table }: Place,
  copy: UserCopy,
  values: Wanted,
): Promise<PutResult> {
  const row = [{ column: options.externalId, value: copy.externalId }, ...values];
  try {
    await sql`
      insert into ${sql.table(options.table)} (${sql.join(row.map(({ column }) => sql.id(column)))})
      values (${sql.join(row.map(({ value }) => value))})`.execute(db);
    return { kind: 'created' };
  } catch (error) {
    return asResult(error, engine.explain(error), table);
  }
}

async function update({ db, options }: Place, copy: UserCopy, changes: Wanted): Promise<PutResult> {
  if (changes.length === 0) return { kind: 'updated' };
  const set = changes.map(({ column, value }) => sql`${sql.id(column)} = ${value}`);
  const { numAffectedRows } = await sql`
    update ${sql.table(options.table)} set ${sql.join(set)}
    where ${sql.id(options.externalId)} = ${copy.externalId}`.execute(db);
  if (numAffectedRows === 0n) return { kind: 'retry', reason: 'The row vanished while it was written.' };
  return { kind: 'updated' };
}
