import type { Credential } from '../../domain/credential.ts';
import type { SourceRow, TableDefinition } from '../../domain/table-source.ts';
import { type Identity, identifyAs } from '../../passwords/identify.ts';
import type { CensusLine } from '../inspection.ts';
import type { LayoutView } from '../known-layout.ts';
import type { LegacyBlock } from '../legacy-block.ts';

/** How the people of a table are hashed: most frequent first. */
export interface Census {
  readonly lines: readonly CensusLine[];
  readonly people: number;
}

/** A table with more ways of hashing than this has a parameter that differs in every row, and is counted without. */
const MAX_LINES = 100;
const CANDIDATES_SHOWN = 6;

/** What a line of rows without a password says. */
export const NO_PASSWORD = 'no password';

/**
 * @param legacy whose password column, salt column and scheme are used
 * @param view through which the configuration reads the table, where it does
 * @returns undefined where the passwords do not stand in this table
 */
export function takeCensus(
  rows: readonly SourceRow[],
  table: TableDefinition,
  legacy: LegacyBlock,
  view?: LayoutView,
): Census | undefined {
  const password = belowView(legacy.password, view);
  if (view !== undefined && !table.columns.some(({ name }) => name === password.column)) return undefined;
  const columnLength = lengthOf(table, password.column);
  const lines = new Map<string, CensusLine>();
  for (const row of rows) {
    const line = lineOf(identifyAs(credentialOf(row, password), columnLength));
    const key = lines.size < MAX_LINES ? line.what : line.what.replace(/ \(.*/, '');
    lines.set(key, { ...line, what: key, people: (lines.get(key)?.people ?? 0) + 1 });
  }
  return { lines: [...lines.values()].sort((a, b) => b.people - a.people), people: rows.length };
}

/** The row as the proposed configuration would read it; a pepper is not known here, and anything stands for it. */
function credentialOf(row: SourceRow, password: LegacyBlock['password']): Credential {
  const cell = (name: unknown) => (typeof name === 'string' ? (row.get(name) ?? undefined) : undefined);
  const [salt, username] = [cell(password.salt), cell(password.username)];
  return {
    encoded: cell(password.column) ?? '',
    scheme: schemeFor(password.scheme, cell),
    ...(salt === undefined ? {} : { salt }),
    ...(username === undefined ? {} : { username }),
    ...(password.pepper === undefined ? {} : { pepper: 'pepper' }),
  };
}

/** The one or the several that the configuration names; where a column chooses, those of this row. */
function schemeFor(scheme: unknown, cell: (name: unknown) => string | undefined): Credential['scheme'] {
  if (typeof scheme === 'string') return scheme;
  if (Array.isArray(scheme)) return scheme.map(String);
  const { column, map = {} } = (scheme ?? {}) as { column?: unknown; map?: Record<string, unknown> };
  const value = cell(column) ?? '';
  return Object.hasOwn(map, value) ? schemeFor(map[value], cell) : 'auto';
}

/** Columns under the names that they have below the view. */
function belowView(password: LegacyBlock['password'], view: LayoutView | undefined): LegacyBlock['password'] {
  const named = (name: unknown) => view?.from[String(name)]?.column ?? name;
  const { column, salt, username } = password;
  return { ...password, column: named(column), salt: named(salt), username: named(username) };
}

/** Characters of a `varchar(60)`. */
function lengthOf({ columns }: TableDefinition, name: unknown): number | undefined {
  const type = columns.find((column) => column.name === name)?.type ?? '';
  const [, length] = /^(?:var)?(?:char|character varying)\((\d+)\)/.exec(type) ?? [];
  return length === undefined ? undefined : Number(length);
}

function lineOf(found: Identity): Omit<CensusLine, 'people'> {
  switch (found.kind) {
    case 'scheme': {
      const parameters = Object.entries(found.parameters).map(([name, value]) => `${name} ${value}`);
      const what = found.scheme + (parameters.length > 0 ? ` (${parameters.join(', ')})` : '');
      if (found.outOfBounds !== undefined)
        return { what, judgement: 'unverifiable', note: found.outOfBounds };
      const { judgement } = found;
      return {
        what,
        judgement: judgement.strength,
        note: 'reason' in judgement ? judgement.reason : undefined,
      };
    }
    case 'damaged':
      return { what: `damaged ${found.scheme}`, judgement: 'unverifiable', note: found.why };
    case 'ambiguous':
      return {
        what: found.shape,
        judgement: 'undecided',
        note: `it could be ${found.candidates.slice(0, CANDIDATES_SHOWN).join(', ')} and others`,
      };
    case 'empty':
      return {
        what: NO_PASSWORD,
        judgement: 'unverifiable',
        note: 'nobody can log in with an empty password',
      };
    case 'unknown':
      return { what: found.shape, judgement: 'unverifiable' };
  }
}
