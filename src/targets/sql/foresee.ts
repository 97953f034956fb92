import { sql } from 'kysely';
import type { Foresight, UserCopy } from '../target.ts';
import { conflictIn, nextStep, type Place, type Wanted } from './put.ts';
import { columnOf, sameName, type UniqueIndex } from './table.ts';

/** What a copy would come to, by the rules that the table shows. Reads only. */
export async function foreseeRow(place: Place, copy: UserCopy): Promise<Foresight> {
  const step = await nextStep(place, copy);
  if (step.kind === 'conflict') return step;
  const values: Wanted =
    step.kind === 'insert'
      ? [{ column: place.options.externalId, value: copy.externalId }, ...step.values]
      : step.values;
  const refused = refusal(place, values, step.kind);
  if (refused !== undefined) return { kind: 'rejected', reason: refused };
  for (const index of place.table.uniqueIndexes) {
    if (await isTaken(place, copy, index, values)) return conflictIn(index.columns.join(', '));
  }
  if (step.kind === 'insert') return { kind: 'would-create' };
  return { kind: values.length === 0 ? 'would-change-nothing' : 'would-update' };
}

/** In the words of the database's own refusals. */
function refusal({ table }: Place, values: Wanted, step: 'insert' | 'update'): string | undefined {
  const named = (name: string) =>
    values.some(({ column, value }) => value !== null && sameName(column, name));
  const missing = [...table.columns.values()].filter(({ name, fillsItself }) => !fillsItself && !named(name));
  if (step === 'insert' && missing.length > 0) {
    return `A value is needed (there is no default): ${missing.map(({ name }) => name).join(', ')}.`;
  }
  const tooLong = values.filter(({ column, value }) => {
    const length = columnOf(table, column)?.length;
    return typeof value === 'string' && length !== undefined && [...value].length > length;
  });
  if (tooLong.length === 0) return undefined;
  return `The value is too long: ${tooLong.map(({ column }) => column).join(', ')}.`;
}

/** Whether somebody else's row holds what this copy would write into columns that must be unique. */
async function isTaken(
  { db, options, table }: Place,
  copy: UserCopy,
  { columns }: UniqueIndex,
  values: Wanted,
): Promise<boolean> {
  const wanted = columns.map((name) => values.find(({ column }) => sameName(column, name))?.value);
  // An index over a column that is not written is left to the database; null is never equal to null.
  if (wanted.some((value) => value === undefined || value === null)) return false;
  // MySQL compares text with a number as numbers: '1st' would equal 1.
  const asKept = (name: string, value: unknown) =>
    columnOf(table, name)?.kind === 'number' ? value : String(value);
  const equal = columns.map((name, index) => sql`${sql.id(name)} = ${asKept(name, wanted[index])}`);
  const { rows } = await sql<{ external_id: unknown }>`
    select ${sql.id(options.externalId)} as external_id from ${sql.table(options.table)}
    where ${sql.join(equal, sql` and `)} limit 3`.execute(db);
  return rows.some((row) => String(row.external_id) !== copy.externalId);
}
