import type { CheckResult } from '../../domain/check.ts';
import { statusColumns } from '../columns/choose-status.ts';
import type { ColumnFacts } from '../columns/facts.ts';
import type { LegacyBlock } from '../legacy-block.ts';

/** Columns that seem to say who may log in, and that no rule of the proposal reads. */
export function checkStatus(facts: readonly ColumnFacts[], legacy: LegacyBlock): CheckResult[] {
  const mapped = JSON.stringify(legacy.status ?? {});
  return statusColumns(legacy.table, facts)
    .filter((column) => !mapped.includes(column))
    .map((column) => {
      const values = facts.find((fact) => fact.column.name === column)?.values;
      const told =
        values &&
        [...values].map(([value, count]) => `${value === '' ? 'nothing' : value} (${count})`).join(', ');
      return {
        level: 'warning',
        about: 'legacy.status',
        found: `${column} seems to say who may log in${told === undefined ? '' : `; its values: ${told}`}. The configuration does not read it.`,
        remedy: `If it locks people out, add it: status: { column: ${column}, active: [...] }.`,
      };
    });
}
