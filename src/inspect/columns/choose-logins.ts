import type { TableDefinition } from '../../domain/table-source.ts';
import { type ColumnFacts, share } from './facts.ts';
import { fitness, type Meaning } from './vocabulary.ts';

/** Some rows without a name, or a duplicate here and there, do not make it another column. */
const ENOUGH = 0.9;

export interface Logins {
  readonly columns: readonly string[];
  readonly email: string | undefined;
  readonly username: string | undefined;
}

/** The columns that a person may type: the username, the e-mail address, or both. */
export function chooseLogins(table: TableDefinition, facts: readonly ColumnFacts[]): Logins {
  const email = best(table, facts, 'email', (column) => share(column, 'email') >= 0.5);
  const username = best(
    table,
    facts.filter((column) => column !== email),
    'username',
    (column) => names(column),
  );
  const columns = [username, email].flatMap((found) => (found === undefined ? [] : [found.column.name]));
  return { columns, email: email?.column.name, username: username?.column.name };
}

function best(
  table: TableDefinition,
  facts: readonly ColumnFacts[],
  meaning: Meaning,
  holds: (column: ColumnFacts) => boolean,
): ColumnFacts | undefined {
  const [first] = facts
    .filter((column) => column.filled === 0 || holds(column))
    .map((column) => ({ column, score: score(table, column, meaning) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  return first?.column;
}

function score(table: TableDefinition, facts: ColumnFacts, meaning: Meaning): number {
  const name = fitness(meaning, facts.column.name, table.name);
  // Addresses are known by what they are; a name is only what is called one.
  if (name === 0 && !(meaning === 'email' && share(facts, 'email') >= ENOUGH && facts.filled > 1)) return 0;
  const unique = table.indexes.some(
    ({ columns, unique }) =>
      unique && columns.length === 1 && columns[0]?.toLowerCase() === facts.column.name.toLowerCase(),
  );
  return name + (unique ? 1 : 0) + (facts.rows === 0 ? 0 : facts.filled / facts.rows);
}

/** A login name is different for nearly everybody, and no number that counts rows. */
function names(facts: ColumnFacts): boolean {
  const others = 1 - facts.repeated / Math.max(facts.filled, 1);
  return others >= ENOUGH && share(facts, 'date') < ENOUGH && facts.longest <= 320;
}
