import type { CheckResult } from '../../domain/check.ts';
import { BridgeError } from '../../domain/errors.ts';
import type {
  FindResult,
  LegacyChanges,
  LegacyDeps,
  LegacyDirectory,
  LegacyPage,
  LegacyUser,
} from '../directory.ts';
import { type Cell, textOf } from '../mapping/cell.ts';
import { readCredential } from '../mapping/credential.ts';
import { idOf, readUser } from '../mapping/read-user.ts';
import { type LegacyRow, selectItems, toRow } from '../mapping/row.ts';
import type { LegacyOptions } from '../options.ts';
import { type Candidate, judge } from './judge.ts';
import { canBeLoginName, requireText } from './login-name.ts';
import { type Mark, readMark, settled, writeMark } from './watermark.ts';

/**
 * What a connector adds: rows, by its own SQL. The cells of a row follow `selectItems`. Every error is a BridgeError
 * `legacy_unavailable` whose message is a sentence for the operator.
 */
export interface RowSource {
  /** At most `CANDIDATES` rows for each login column; `login` is the column's place in the options. */
  byLogin(identifier: string): Promise<{ readonly login: number; readonly cells: readonly Cell[] }[]>;
  /** The rows that the database takes for having this key; more than one where the key is not unique. */
  byId(id: string): Promise<(readonly Cell[])[]>;
  some(limit: number): Promise<(readonly Cell[])[]>;
  /** Rows in the order of the primary key; `after` is a `cursor`. */
  page(after: string | undefined, limit: number): Promise<KeyedRow[]>;
  /** Rows that have a moment in `updatedAt`, in the order of it and of the key, from the mark on. */
  changed(since: Mark | undefined, limit: number): Promise<(KeyedRow & { readonly at: string })[]>;
  /** About how many rows there are. */
  count(): Promise<number | undefined>;
  ping(): Promise<void>;
  check(): Promise<CheckResult[]>;
  close(): Promise<void>;
}

export interface KeyedRow {
  readonly cells: readonly Cell[];
  /** The key, in whatever spelling lets the next page begin behind it. */
  readonly cursor: string;
}

const MAX_ROWS = 1_000;

/** The directory on top of any connector: what the database answered is judged and mapped here, once for all. */
export function createDirectory(
  options: LegacyOptions,
  { logger, clock }: LegacyDeps,
  source: RowSource,
): LegacyDirectory {
  const items = selectItems(options);

  function userOf({ id, row }: Pick<Candidate, 'id' | 'row'>): LegacyUser {
    return readUser(options, id, row, (claim) =>
      logger.warn(
        { directory: options.name, legacyId: id, claim },
        'A value of a legacy row is longer than the bridge carries on, and was left out.',
      ),
    );
  }

  async function find(identifier: string): Promise<FindResult> {
    requireText(identifier, 'A login name');
    if (!canBeLoginName(identifier)) return { kind: 'none' };
    let answers: Awaited<ReturnType<RowSource['byLogin']>>;
    try {
      answers = await source.byLogin(identifier);
    } catch (cause) {
      return { kind: 'unavailable', cause };
    }
    const candidates = answers.flatMap(({ login, cells }) =>
      candidateOf(options, login, toRow(items, cells)),
    );
    const judgement = judge(options.match, identifier, candidates);
    if (judgement.kind === 'one') return { kind: 'found', user: userOf(judgement.candidate) };
    return judgement.kind === 'ambiguous' ? { ...judgement, directory: options.name } : judgement;
  }

  async function findById(id: string): Promise<LegacyUser | undefined> {
    requireText(id, 'A primary key');
    const rows = (await source.byId(id)).map((cells) => toRow(items, cells));
    // A collation may call keys equal that are not.
    const [found, second] = rows.flatMap((row) => {
      const own = idOf(options, row);
      return own === id ? [{ id: own, row }] : [];
    });
    if (second !== undefined) {
      throw new BridgeError(
        'legacy_unavailable',
        `Several rows of ${options.table} have one and the same ${options.id}, so that none of them can be taken ` +
          'for the person. Let legacy.id name the primary key.',
      );
    }
    return found && userOf(found);
  }

  function usersOf(rows: readonly KeyedRow[]): LegacyUser[] {
    return rows.flatMap(({ cells }) => {
      const row = toRow(items, cells);
      const id = idOf(options, row);
      return id === undefined ? [] : [userOf({ id, row })];
    });
  }

  async function scan(after: string | undefined, limit: number): Promise<LegacyPage> {
    if (after !== undefined) requireText(after, 'The place where a page begins');
    const wanted = bounded(limit, 1);
    const rows = await source.page(after, wanted);
    return { rows: usersOf(rows), next: rows.length < wanted ? undefined : rows.at(-1)?.cursor };
  }

  async function changedSince(watermark: string | undefined, limit: number): Promise<LegacyChanges> {
    if (watermark !== undefined) requireText(watermark, 'A watermark');
    if (options.updatedAt === undefined) {
      const message = `legacy.updatedAt names no column of ${options.table}, so that nothing tells what changed in it.`;
      throw new BridgeError('invalid_request', message);
    }
    const since = watermark === undefined ? undefined : readMark(watermark);
    const wanted = bounded(limit, 1);
    const rows = await source.changed(since, wanted);
    const last = rows.at(-1);
    const reached = last === undefined ? since : { at: last.at, after: last.cursor };
    const more = rows.length === wanted;
    const mark = reached === undefined || more ? reached : settled(reached, clock());
    return { rows: usersOf(rows), watermark: mark && writeMark(mark), more };
  }

  return {
    name: options.name,
    find,
    findById,
    scan,
    changedSince,
    count: () => source.count(),
    async sampleCredentials(limit) {
      const rows = await source.some(bounded(limit, 0));
      return rows
        .map((cells) => readCredential(options, toRow(items, cells)))
        .filter(({ encoded }) => encoded !== '');
    },
    ping: () => source.ping(),
    check: () => source.check(),
    close: () => source.close(),
  };
}

function bounded(limit: number, least: number): number {
  return Math.min(Math.max(Math.trunc(limit), least), MAX_ROWS);
}

function candidateOf(options: LegacyOptions, login: number, row: LegacyRow): Candidate[] {
  const id = idOf(options, row);
  const name = textOf(row.values.get(options.login[login] ?? ''));
  return id === undefined || name === undefined ? [] : [{ id, login, name, row }];
}
