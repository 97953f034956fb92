import type { CheckResult } from '../../domain/check.ts';
import type { TableDefinition } from '../../domain/table-source.ts';

/** Where a login column stands. */
export interface Place {
  readonly table: TableDefinition;
  readonly column: string;
}

/**
 * A login column that no index begins with, or that nothing keeps unique.
 *
 * @param login as the configuration calls it
 */
export function checkIndex({ table, column }: Place, login: string): CheckResult[] {
  const led = table.indexes.filter(({ columns }) => columns[0]?.toLowerCase() === column.toLowerCase());
  const isKey = table.primaryKey[0]?.toLowerCase() === column.toLowerCase();
  const about = `legacy.login.${login}`;
  if (led.length === 0 && !isKey) {
    return [
      {
        level: 'warning',
        about,
        found: `No index of ${table.name} begins with ${column}, so that each login reads the whole table.`,
        remedy: `Ask the owner of the legacy system for an index on ${table.name} (${column}), a unique one if the values allow it.`,
      },
    ];
  }
  const unique = isKey || led.some(({ unique, columns }) => unique && columns.length === 1);
  if (unique) return [];
  const found = `Nothing keeps two people from having the same ${column}. Should two share one, neither can log in with it.`;
  return [{ level: 'warning', about, found, remedy: 'A unique index would, if the values allow it.' }];
}
