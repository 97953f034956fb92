import type { Change, Place } from './password-column.ts';

/** A column and the text that it is to hold. */
export interface Assignment {
  readonly column: string;
  readonly text: string;
}

export function assignmentsOf(place: Place, { encoded, salt }: Change): readonly Assignment[] {
  const password = { column: place.column, text: encoded };
  return place.salt === undefined || salt === undefined
    ? [password]
    : [password, { column: place.salt, text: salt }];
}

/** Whether one row came back, with exactly what was assigned. */
export function holdsExactly(
  assignments: readonly Assignment[],
  rows: readonly (readonly (string | undefined)[])[],
): boolean {
  const [row, ...more] = rows;
  return (
    row !== undefined && more.length === 0 && assignments.every(({ text }, index) => row[index] === text)
  );
}
