import type { ColumnDefinition, SourceRow } from '../../domain/table-source.ts';

/** What the rows that were read show of one column. */
export interface ColumnFacts {
  readonly column: ColumnDefinition;
  readonly rows: number;
  /** Neither NULL nor empty nor blank. */
  readonly filled: number;
  /** Of the filled ones; counted exactly up to `MAX_DISTINCT`. */
  readonly distinct: number;
  /** Equal to another value of the column but for case and outer blanks. */
  readonly repeated: number;
  readonly longest: number;
  /** How many of the filled values look like this. */
  readonly looks: Readonly<Record<Look, number>>;
  /** How often each value occurs, while there are few of them. NULL is the empty text. Undefined: too many. */
  readonly values: ReadonlyMap<string, number> | undefined;
}

export type Look = keyof typeof LOOKS;

const LOOKS = {
  email: /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/,
  date: /^\d{4}-\d{2}-\d{2}/,
  integer: /^-?\d+$/,
  epoch: /^1\d{9}(\d{3})?$/,
  phone: /^\+?[\d ()/.-]{6,20}$/,
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  hex: /^(0x)?[0-9a-f]{16,}$/i,
  /** A name in front, or the length and alphabet of one: what no address and no person's name looks like. */
  hash: /^(?:\$[\w-]+\$|\{[\w.@-]+\}|\w+\$\d*\$?|\*[0-9A-F]{40}$|[0-9a-f]{32}|[A-Za-z0-9+/]{27,}={0,2}$).*/,
  yes: /^(1|t|true|y|yes|on)$/i,
  no: /^(0|f|false|n|no|off)$/i,
  json: /^[[{].*[\]}]$/s,
  words: /^\p{L}[\p{L}\p{M}' .-]*$/u,
  blanks: /^\s|\s$/,
  zeroDate: /^0000-00-00/,
  locale: /^[a-z]{2,3}([_-][A-Za-z]{2,4})?(\.[\w-]+)?$/,
  zone: /^(UTC|[A-Z][A-Za-z]+\/[A-Za-z_/+-]+)$/,
  url: /^https?:\/\//i,
} as const satisfies Record<string, RegExp>;

/** Enough to see that a column is a key; a Set of this size takes a few megabytes. */
const MAX_DISTINCT = 50_000;
/** A status column has a handful of values. */
const MAX_VALUES = 24;
const MAX_VALUE_LENGTH = 64;

/** Takes rows one by one, so that a file of any size passes through. */
export interface FactsCollector {
  add(row: SourceRow): void;
  facts(): ColumnFacts[];
}

export function collectFacts(columns: readonly ColumnDefinition[]): FactsCollector {
  const tallies = columns.map(createTally);
  return {
    add(row) {
      for (const tally of tallies) tally.add(row.get(tally.column.name) ?? null);
    },
    facts: () => tallies.map((tally) => tally.facts()),
  };
}

function createTally(column: ColumnDefinition) {
  const looks = Object.fromEntries(Object.keys(LOOKS).map((look) => [look, 0])) as Record<Look, number>;
  const seen = new Set<string>();
  let values: Map<string, number> | undefined = new Map();
  let [rows, filled, repeated, longest] = [0, 0, 0, 0];

  function count(value: string): void {
    if (values === undefined) return;
    values.set(value, (values.get(value) ?? 0) + 1);
    if (values.size > MAX_VALUES || value.length > MAX_VALUE_LENGTH) values = undefined;
  }

  return {
    column,
    add(value: string | null) {
      rows += 1;
      count(value ?? '');
      if (value === null || value.trim() === '') return;
      filled += 1;
      longest = Math.max(longest, value.length);
      const folded = value.trim().toLowerCase();
      if (seen.has(folded)) repeated += 1;
      else if (seen.size < MAX_DISTINCT) seen.add(folded);
      for (const look of Object.keys(LOOKS) as Look[]) if (LOOKS[look].test(value)) looks[look] += 1;
    },
    facts: (): ColumnFacts => ({
      column,
      rows,
      filled,
      distinct: seen.size,
      repeated,
      longest,
      looks,
      values,
    }),
  };
}

/** The share of the filled values that look like this, 0 to 1. */
export function share({ filled, looks }: ColumnFacts, look: Look): number {
  return filled === 0 ? 0 : looks[look] / filled;
}
