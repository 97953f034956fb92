import { sql } from 'kysely';
import type { PutResult } from '../target.ts';
import type { SqlTargetOptions } from './options.ts';
import type { Place } from './put.ts';

/** Whoever is not there is as locked out as can be: that is no failure, and neither is a second time. */
export async function setSwitch(
  { db, options }: Place,
  { column, ...values }: NonNullable<SqlTargetOptions['disable']>,
  to: 'disabled' | 'enabled',
  externalId: string,
): Promise<PutResult> {
  await sql`
    update ${sql.table(options.table)} set ${sql.id(column)} = ${values[to]}
    where ${sql.id(options.externalId)} = ${externalId}`.execute(db);
  return { kind: 'updated' };
}

export async function deleteRow({ db, options }: Place, externalId: string): Promise<PutResult> {
  await sql`delete from ${sql.table(options.table)} where ${sql.id(options.externalId)} = ${externalId}`.execute(
    db,
  );
  return { kind: 'updated' };
}
