import type { ColumnDefinition, TableDefinition } from './export.ts';
import { MAX_NAME } from './limits.ts';

/** The table of a file that has no types: everything in it is text. */
export function textTable(name: string, columns: readonly string[]): TableDefinition {
  return { name, columns: columns.map(textColumn), primaryKey: [], indexes: [] };
}

export function textColumn(name: string): ColumnDefinition {
  return { name, type: '', kind: 'text', nullable: true, generated: false };
}

/** Names that a table can have: none empty, none too long, none twice (case apart). */
export function columnNames(titles: readonly string[]): string[] {
  const taken = new Set<string>();
  return titles.map((title, index) => {
    const wanted = title.trim().slice(0, MAX_NAME - 8) || `column_${index + 1}`;
    let name = wanted;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${wanted}_${count}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
