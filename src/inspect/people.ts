import type { SourceRow } from '../domain/table-source.ts';
import type { PeopleTerms } from './known-layout.ts';

/** The condition as SQL that every database reads. */
export function whereOf(terms: PeopleTerms): string {
  return terms
    .map(
      ([column, operator, value]) =>
        `${column} ${operator} ${typeof value === 'number' ? value : `'${value}'`}`,
    )
    .join(' AND ');
}

/** The same condition on a row that was read; NULL is neither equal nor unequal. */
export function isPerson(terms: PeopleTerms, row: SourceRow): boolean {
  return terms.every(([column, operator, value]) => {
    const cell = row.get(column);
    if (cell === null || cell === undefined) return false;
    return (cell === String(value)) === (operator === '=');
  });
}
