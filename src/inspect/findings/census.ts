import type { SourceRow } from '../../domain/table-source.ts';
import { type Identification, identify } from '../../passwords/identify.ts';
import type { CensusLine } from '../inspection.ts';
import type { LegacyBlock } from '../legacy-block.ts';

/** How the people of a table are hashed: most frequent first. */
export interface Census {
  readonly lines: readonly CensusLine[];
  readonly people: number;
}

/** A table with more ways of hashing than this has a parameter that differs in every row, and is counted without. */
const MAX_LINES = 100;

/** @param legacy whose password column, salt column and scheme are used */
export function takeCensus(rows: readonly SourceRow[], legacy: LegacyBlock): Census {
  const { column, salt, scheme } = legacy.password;
  const cell = (row: SourceRow, name: unknown) =>
    typeof name === 'string' ? (row.get(name) ?? undefined) : undefined;
  const lines = new Map<string, CensusLine>();
  for (const row of rows) {
    const found = identify(cell(row, column) ?? '', cell(row, salt));
    const line = lineOf(found, typeof scheme === 'string' ? scheme : 'auto');
    const key = lines.size < MAX_LINES ? line.what : line.what.replace(/ \(.*/, '');
    lines.set(key, { ...line, what: key, people: (lines.get(key)?.people ?? 0) + 1 });
  }
  return { lines: [...lines.values()].sort((a, b) => b.people - a.people), people: rows.length };
}

function lineOf(found: Identification, configured: string): Omit<CensusLine, 'people'> {
  switch (found.kind) {
    case 'scheme': {
      const parameters = Object.entries(found.parameters).map(([name, value]) => `${name} ${value}`);
      const { strength } = found.judgement;
      return {
        what: found.scheme + (parameters.length > 0 ? ` (${parameters.join(', ')})` : ''),
        judgement: strength,
        note: 'reason' in found.judgement ? found.judgement.reason : undefined,
      };
    }
    case 'damaged':
      return { what: `damaged ${found.scheme}`, judgement: 'unverifiable', note: found.why };
    case 'ambiguous':
      return {
        what: `${found.shape}`,
        judgement: configured === 'auto' ? 'undecided' : 'broken',
        note:
          configured === 'auto'
            ? `could be ${found.candidates.slice(0, 6).join(', ')}`
            : `read as ${configured}`,
      };
    case 'empty':
      return {
        what: 'no password',
        judgement: 'unverifiable',
        note: 'nobody can log in with an empty password',
      };
    case 'unknown':
      return { what: found.shape, judgement: configured === 'auto' ? 'unverifiable' : 'undecided' };
  }
}
