import { BridgeError } from '../../domain/errors.ts';
import type { SourceTable, TableDefinition } from '../../domain/table-source.ts';
import { fitness, namesPeople } from '../columns/vocabulary.ts';

/** Tables that look a little like users and are not: what hangs on them, and what is kept of them. */
const NOT_PEOPLE =
  /session|token|log(s|_entries)?$|history|audit|reset|group|role|permission|meta|option|setting|comment|order|address|archive|backup|_old$|migration|oauth|client_secret|online|spam|ban(s|list)?$/i;

/** Of a database with thousands of tables. */
const NAMES_SHOWN = 40;

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
  const best = (meaning: Parameters<typeof fitness>[0]) =>
    Math.max(0, ...columns.map((column) => fitness(meaning, column.name, name)));
  const password = best('password');
  const login = Math.max(best('email'), best('username'));
  if (password === 0 || login === 0) return 0;
  return (
    1.5 * password +
    login +
    0.3 * best('given_name') +
    (namesPeople(name) ? 1 : 0) -
    (NOT_PEOPLE.test(name) ? 1 : 0)
  );
}

/** @throws BridgeError `not_found` when none of the tables looks like users */
export function bestTable(
  ranked: readonly TableDefinition[],
  tables: readonly SourceTable[],
): TableDefinition {
  const [best] = ranked;
  if (best !== undefined) return best;
  const names = tables
    .map(({ definition }) => definition.name)
    .slice(0, NAMES_SHOWN)
    .join(', ');
  throw new BridgeError(
    'not_found',
    `No table looks like users: none has both a password and a name to log in with. Name one with --table; there are: ${names || 'none at all'}.`,
  );
}

/** @throws BridgeError `not_found` */
export function tableNamed(tables: readonly SourceTable[], name: string): TableDefinition {
  const found = tables.find(({ definition }) => definition.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found.definition;
  const near = tables
    .map(({ definition }) => definition.name)
    .slice(0, NAMES_SHOWN)
    .join(', ');
  throw new BridgeError(
    'not_found',
    `There is no table ${name} that may be read. There are: ${near || 'none at all'}.`,
  );
}
