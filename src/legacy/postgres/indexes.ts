import { textOf } from '../../domain/cell.ts';
import type { Questions } from '../asking/questions.ts';
import type { TableName } from '../mapping/table-name.ts';
import { schemaOf } from './names.ts';

/**
 * What each unique index of one part keeps unique: a column or an expression, without the casts and parentheses that
 * PostgreSQL puts around it, e.g. `email`, `lower(email)`.
 */
export async function readUniqueParts(questions: Questions, name: TableName): Promise<string[]> {
  const rows = await questions.ask(
    `SELECT pg_get_indexdef(i.indexrelid, 1, true)
       FROM pg_index i
       JOIN pg_class r ON r.oid = i.indrelid
       JOIN pg_namespace n ON n.oid = r.relnamespace
      WHERE n.nspname = $1::text AND r.relname = $2::text
        AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indnkeyatts = 1`,
    [schemaOf(name), name.table],
  );
  return rows.map(([part]) => plainPart(textOf(part) ?? ''));
}

/** `lower((email)::text)` as `lower(email)`; a quoted name without its quotes. */
export function plainPart(definition: string): string {
  const [, folded] = /^lower\((.*)\)$/.exec(definition) ?? [];
  if (folded !== undefined) return `lower(${plainPart(folded)})`;
  const bare = definition.replace(/::(text|character varying)$/, '').replace(/^\((.*)\)$/, '$1');
  return bare === definition ? bare.replace(/^"(.*)"$/, '$1').replaceAll('""', '"') : plainPart(bare);
}
