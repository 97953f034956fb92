import { type ColumnFacts, share } from './facts.ts';
import { fitness } from './vocabulary.ts';

/** What the words of a status column say about the door. */
const OPEN =
  /^(active|aktiv|actif|activo|ativo|enabled|approved|confirmed|registered|normal|ok|live|open|1)$/i;
const CLOSED =
  /^(disabled|inactive|inaktiv|blocked|banned|locked|suspended|deleted|closed|archived|rejected|removed|gesperrt|geloescht|expired|0|-1)$/i;

export interface StatusChoice {
  readonly status: Readonly<Record<string, unknown>>;
  readonly why: string;
}

/** Who may log in, as far as one column says so beyond doubt; undefined when none does. */
export function chooseStatus(table: string, facts: readonly ColumnFacts[]): StatusChoice | undefined {
  return byDeletion(table, facts) ?? byFlag(table, facts) ?? byWords(table, facts);
}

/** The columns that seem to say who may log in; what `chooseStatus` could not read is told to a person. */
export function statusColumns(table: string, facts: readonly ColumnFacts[]): string[] {
  const meanings = ['deletedAt', 'active', 'inactive', 'status'] as const;
  return facts
    .filter(({ column }) => meanings.some((meaning) => fitness(meaning, column.name, table) > 0))
    .map(({ column }) => column.name);
}

function byDeletion(table: string, facts: readonly ColumnFacts[]): StatusChoice | undefined {
  const found = facts.find(
    (column) =>
      fitness('deletedAt', column.column.name, table) > 0 &&
      (column.filled === 0 || share(column, 'date') > 0.9),
  );
  if (found === undefined) return undefined;
  const { name } = found.column;
  return {
    status: { active: `${name} IS NULL` },
    why: `${found.filled} of ${found.rows} rows that were read have a date in ${name}`,
  };
}

function byFlag(table: string, facts: readonly ColumnFacts[]): StatusChoice | undefined {
  for (const meaning of ['active', 'inactive'] as const) {
    const flag = facts.find((column) => fitness(meaning, column.column.name, table) > 0 && isFlag(column));
    if (flag?.values === undefined) continue;
    const may = [...flag.values.keys()].filter((value) => saysYes(value) === (meaning === 'active'));
    if (may.length === 0) continue;
    return {
      status: { column: flag.column.name, active: may.map(cellOf) },
      why: told(flag.values),
    };
  }
  return undefined;
}

function byWords(table: string, facts: readonly ColumnFacts[]): StatusChoice | undefined {
  const column = facts.find(({ column }) => fitness('status', column.name, table) > 0);
  if (column?.values === undefined) return undefined;
  const words = [...column.values.keys()];
  if (words.length === 0 || !words.every((word) => OPEN.test(word) || CLOSED.test(word))) return undefined;
  // Numbers mean what the software's author liked: 1 may as well be "unconfirmed".
  if (words.every((word) => /^-?\d+$/.test(word))) return undefined;
  return {
    status: {
      column: column.column.name,
      active: words.filter((word) => OPEN.test(word)),
      disabled: words.filter((word) => CLOSED.test(word)),
    },
    why: told(column.values),
  };
}

const isFlag = ({ values, filled, looks }: ColumnFacts) =>
  filled > 0 && values !== undefined && looks.yes + looks.no === filled;

/** NULL, and the empty text, are a no. */
const saysYes = (value: string) => /^(1|t|true|y|yes|on)$/i.test(value);

const cellOf = (value: string): string | number => (/^\d{1,9}$/.test(value) ? Number(value) : value);

function told(values: ReadonlyMap<string, number>): string {
  const parts = [...values].map(([value, count]) => `${value === '' ? 'nothing' : value}: ${count}`);
  return `in the rows that were read: ${parts.join(', ')}`;
}
