import type { TableDefinition } from '../../domain/table-source.ts';
import type { ColumnFacts } from './facts.ts';

/**
 * The column by which a row is known for ever: the primary key when it is one column, else what is called an id and is
 * different in every row.
 */
export function chooseId(table: TableDefinition, facts: readonly ColumnFacts[]): string | undefined {
  const [key, ...more] = table.primaryKey;
  if (key !== undefined && more.length === 0) return key;
  const whole = facts.filter(({ rows, filled, repeated }) => rows === filled && repeated === 0);
  const called = (pattern: RegExp) => whole.find(({ column }) => pattern.test(column.name))?.column.name;
  return (
    called(/^(id|uid|uuid|guid|pk|oid)$/i) ??
    called(/^(user|usr|member|account|customer|kunden?|benutzer)_?(id|nr|no)$/i) ??
    called(/_?id$/i)
  );
}
