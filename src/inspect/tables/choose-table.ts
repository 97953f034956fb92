import type { SourceTable, TableDefinition } from '../../domain/table-source.ts';
import { fit, namesPeople } from '../columns/vocabulary.ts';

/** Tables that look a little like users and are not: what hangs on them, and what is kept of them. */
const NOT_PEOPLE =
  /session|token|log(s|_entries)?$|history|audit|reset|group|role|permission|meta|option|setting|comment|order|address|archive|backup|_old$|migration|oauth|client_secret|online|spam|ban(s|list)?$/i;

/** Below this a table has no password, or nothing to log in with. */
const ENOUGH = 2;

/** Tables by how much they look like the users, best first; the empty list when none does. */
export function rankTables(tables: readonly SourceTable[]): TableDefinition[] {
  return tables
    .map(({ definition, rows }) => ({ definition, score: score(definition) + (rows === 0 ? -0.5 : 0) }))
    .filter(({ score }) => score >= ENOUGH)
    .sort((a, b) => b.score - a.score)
    .map(({ definition }) => definition);
}

/** A password counts most, then a way to name oneself; the table's own name decides between equals. */
function score({ name, columns }: TableDefinition): number {
  const best = (meaning: Parameters<typeof fit>[0]) =>
    Math.max(0, ...columns.map((column) => fit(meaning, column.name, name)));
  const password = best('password');
  const login = Math.max(best('email'), best('username'));
  if (password === 0 || login === 0) return 0;
  return 1.5 * password + login + 0.3 * best('given_name') + (namesPeople(name) ? 1 : 0) - (NOT_PEOPLE.test(name) ? 1 : 0);
}
