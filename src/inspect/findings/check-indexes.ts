import type { CheckResult } from '../../domain/check.ts';
import type { TableDefinition } from '../../domain/table-source.ts';
import type { PeopleTerms } from '../known-layout.ts';

/** Where a login column stands. */
export interface Place {
  readonly table: TableDefinition;
  readonly column: string;
}

/**
 * Without the columns that every look-up says the value of: an index that begins with them serves as well.
 */
function beyond(columns: readonly string[], fixed: readonly string[]): string[] {
  return columns.map((name) => name.toLowerCase()).filter((name) => !fixed.includes(name));
}

/**
 * A login column that no index begins with, or that nothing keeps unique.
 *
 * @param login as the configuration calls it
 * @param people the condition that every look-up has
 */
export function checkIndex({ table, column }: Place, login: string, people: PeopleTerms): CheckResult[] {
  const fixed = people.flatMap(([name, operator]) => (operator === '=' ? [name.toLowerCase()] : []));
  const led = table.indexes.filter(({ columns }) => beyond(columns, fixed)[0] === column.toLowerCase());
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
  const unique = isKey || led.some(({ unique, columns }) => unique && beyond(columns, fixed).length === 1);
  if (unique) return [];
  const found = `Nothing keeps two people from having the same ${column}. Should two share one, neither can log in with it.`;
  return [{ level: 'warning', about, found, remedy: 'A unique index would, if the values allow it.' }];
}
