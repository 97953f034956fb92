import { type ColumnFacts, share } from './facts.ts';
import { fitness } from './vocabulary.ts';

/** Hashes and random texts that are no password. */
const OTHER_SECRETS =
  /token|remember|api|session|reset|recover|forgot|activation|activate|confirm|verif|csrf|otp|totp|mfa|2fa|cookie|invite|expire|hint|question|answer|changed|date|_at$|uuid|guid|ip|old|history|temp|format|algo|type|scheme|version|request|_key/i;

/** The column that holds the passwords, by its name and by what stands in it; undefined when none looks like one. */
export function choosePassword(table: string, facts: readonly ColumnFacts[]): ColumnFacts | undefined {
  const [best] = facts
    .filter(({ column }) => !OTHER_SECRETS.test(column.name))
    .map((column) => ({ column, score: score(table, column) }))
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score);
  return best?.column;
}

/** A name alone is enough, since a test system's table may be empty; hashes alone are not, under a name of something else. */
function score(table: string, facts: ColumnFacts): number {
  const name = fitness('password', facts.column.name, table);
  const content = facts.rows === 0 ? 0 : share(facts, 'hash');
  return name + (name === 0 ? 0.6 * content : content);
}

/** The column that the software calls a salt; undefined when there is none, or when nothing stands in it. */
export function chooseSalt(table: string, facts: readonly ColumnFacts[]): ColumnFacts | undefined {
  return facts.find(({ column, filled }) => filled > 0 && fitness('salt', column.name, table) > 0);
}
