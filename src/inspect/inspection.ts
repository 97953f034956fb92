import type { CheckResult } from '../domain/check.ts';
import type { TableDefinition } from '../domain/table-source.ts';
import type { LayoutView } from './known-layout.ts';
import type { LegacyBlock, Reasons } from './legacy-block.ts';

/** One way of hashing, and how many of the rows that were read use it. */
export interface CensusLine {
  /** A scheme's name with its parameters, or what the values look like where none was recognised. */
  readonly what: string;
  readonly people: number;
  readonly judgement: 'strong' | 'weak' | 'broken' | 'unverifiable' | 'undecided';
  /** Why the judgement is what it is, or what to do; undefined where there is nothing to say. */
  readonly note?: string | undefined;
}

/** What `footbridge inspect` found out. */
export interface Inspection {
  readonly table: TableDefinition;
  /** Which software made the table, where its layout is known at sight. */
  readonly software: string | undefined;
  /** The next best tables, by name. */
  readonly alternatives: readonly string[];
  readonly rowsRead: number;
  /** An estimate may say more or less than were read; undefined when the source cannot say. */
  readonly rowsTotal: number | undefined;
  readonly census: readonly CensusLine[];
  readonly findings: readonly CheckResult[];
  readonly legacy: LegacyBlock;
  readonly reasons: Reasons;
  /** What the operator must know that no line of the configuration says. */
  readonly notes: readonly string[];
  /** What must be made before the configuration works, by the owner of the legacy system. */
  readonly view: LayoutView | undefined;
}
