import type { Credential } from '../../domain/credential.ts';
import type { SourceRow, TableDefinition } from '../../domain/table-source.ts';
import { type Identity, identifyAs } from '../../passwords/identify.ts';
import type { CensusLine } from '../inspection.ts';
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

/** @param legacy whose password column, salt column and scheme are used */
export function takeCensus(
  rows: readonly SourceRow[],
  table: TableDefinition,
  { password }: LegacyBlock,
): Census {
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
    scheme: typeof password.scheme === 'string' ? password.scheme : 'auto',
    ...(salt === undefined ? {} : { salt }),
    ...(username === undefined ? {} : { username }),
    ...(password.pepper === undefined ? {} : { pepper: 'pepper' }),
  };
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
