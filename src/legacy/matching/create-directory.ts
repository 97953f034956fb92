import { type Cell, textOf } from '../../domain/cell.ts';
import type { CheckResult } from '../../domain/check.ts';
import type { Credential } from '../../domain/credential.ts';
import { BridgeError } from '../../domain/errors.ts';
import {
  type FindResult,
  type LegacyChanges,
  type LegacyDeps,
  type LegacyDirectory,
  type LegacyPage,
  type LegacyUser,
  type LookUp,
  MOST_FOUND_AT_ONCE,
  type OnLookUp,
} from '../directory.ts';
import { readCredential } from '../mapping/credential.ts';
import { joinOf } from '../mapping/joined-column.ts';
import { type JoinedTable, JoinFault, withJoins } from '../mapping/joins.ts';
import { idOf, readUser } from '../mapping/read-user.ts';
import { type LegacyRow, selectItems, toRow } from '../mapping/row.ts';
import { isDeleted } from '../mapping/status.ts';
import type { LegacyOptions } from '../options.ts';
import { type KeyedPerson, padded, peopleWithKeys, severalRows } from './by-key.ts';
import { CANDIDATES, type Candidate, type Judgement, judge } from './judge.ts';
import { canBeLoginName, requireText, sameName } from './login-name.ts';
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
  /** At most `limit` rows that the database takes for having one of these keys, which may be repeated. */
  byIds(ids: readonly string[], limit: number): Promise<(readonly Cell[])[]>;
  some(limit: number): Promise<(readonly Cell[])[]>;
  /** Rows of a further table, by their keys as text: the key, then what `table.items` asks for. */
  joined(table: JoinedTable, keys: readonly string[]): Promise<(readonly Cell[])[]>;
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
/** Where the password is in a joined table, each row of the sample is one more look-up. */
const MAX_JOINED_SAMPLE = 20;
/** People whose further tables are asked at once. */
const JOINED_AT_ONCE = 4;

/** The directory on top of any connector: what the database answered is judged and mapped here, once for all. */
export function createDirectory(
  options: LegacyOptions,
  { logger, clock }: LegacyDeps,
  source: RowSource,
): LegacyDirectory {
  const items = selectItems(options);

  const hasJoins = Object.keys(options.joins).length > 0;
  /** The keys of a row that was there, for look-ups that must take as long when nobody is. */
  let lastSeen: LegacyRow | undefined;

  /** @throws JoinFault; BridgeError `legacy_unavailable` */
  async function completed(row: LegacyRow): Promise<LegacyRow> {
    return hasJoins ? withJoins(options, row, source.joined) : row;
  }

  /** @throws JoinFault; BridgeError `legacy_unavailable` */
  async function userOf({ id, row }: Pick<Candidate, 'id' | 'row'>): Promise<LegacyUser> {
    lastSeen = hasJoins ? keysOf(options, row) : undefined;
    const leftOut = (claim: string, why: string) =>
      logger.warn(
        { directory: options.name, legacyId: id, claim, why },
        'A value of a legacy row is not one that the bridge can carry on, and was left out.',
      );
    return readUser(options, id, await completed(row), leftOut, Math.floor(clock() / 1000));
  }

  /** Whoever is not there is looked for as long as whoever is. */
  async function spendJoins(): Promise<void> {
    try {
      if (lastSeen !== undefined) await completed(lastSeen);
    } catch (error) {
      if (!(error instanceof JoinFault)) throw error;
    }
  }

  async function find(identifier: string, onLookUp?: OnLookUp): Promise<FindResult> {
    requireText(identifier, 'A login name');
    const { result, candidates } = await lookFor(identifier);
    onLookUp?.(lookUpOf(options, identifier, candidates, result));
    return result;
  }

  async function lookFor(identifier: string): Promise<Found> {
    if (!canBeLoginName(identifier)) return { result: { kind: 'none' }, candidates: [] };
    let candidates: readonly Candidate[] = [];
    try {
      const answers = await source.byLogin(identifier);
      candidates = answers.flatMap(({ login, cells }) => candidateOf(options, login, toRow(items, cells)));
      return { result: await complete(judge(options.match, identifier, candidates)), candidates };
    } catch (cause) {
      return { result: { kind: 'unavailable', cause }, candidates };
    }
  }

  async function complete(judgement: Judgement): Promise<FindResult> {
    if (judgement.kind !== 'one') {
      await spendJoins();
      return judgement.kind === 'ambiguous' ? { ...judgement, directory: options.name } : judgement;
    }
    const { candidate } = judgement;
    try {
      return { kind: 'found', user: await userOf(candidate) };
    } catch (error) {
      if (!(error instanceof JoinFault)) throw error;
      logger.error({ directory: options.name, legacyId: candidate.id }, `${error.message} See legacy.joins.`);
      return { kind: 'ambiguous', directory: options.name, legacyIds: [candidate.id] };
    }
  }

  async function findById(id: string): Promise<LegacyUser | undefined> {
    requireText(id, 'A primary key');
    const rows = (await source.byId(id)).map((cells) => toRow(items, cells));
    const [found] = peopleWithKeys(options, [id], rows);
    return found && certainUserOf(found);
  }

  async function findMany(ids: readonly string[]): Promise<LegacyUser[]> {
    for (const id of ids) requireText(id, 'A primary key');
    if (ids.length > MOST_FOUND_AT_ONCE) {
      throw new BridgeError(
        'invalid_request',
        `At most ${MOST_FOUND_AT_ONCE} people are looked for at once.`,
      );
    }
    if (ids.length === 0) return [];
    const most = ids.length * CANDIDATES;
    const answers = await source.byIds(padded(ids, MOST_FOUND_AT_ONCE), most);
    if (answers.length >= most) throw severalRows(options);
    const rows = answers.map((cells) => toRow(items, cells));
    return allCertain(peopleWithKeys(options, ids, rows));
  }

  /** @throws BridgeError `legacy_unavailable`, also for a person whose joins are not clear */
  async function certainUserOf(found: Pick<Candidate, 'id' | 'row'>): Promise<LegacyUser> {
    try {
      return await userOf(found);
    } catch (error) {
      if (!(error instanceof JoinFault)) throw error;
      const message = `${error.message} Primary key: ${found.id}. See legacy.joins.`;
      throw new BridgeError('legacy_unavailable', message, { cause: error });
    }
  }

  async function allCompleted(rows: readonly LegacyRow[]): Promise<LegacyRow[]> {
    const all: LegacyRow[] = [];
    for (const row of rows) {
      try {
        all.push(await completed(row));
      } catch (error) {
        if (!(error instanceof JoinFault)) throw error;
      }
    }
    return all;
  }

  async function usersOf(rows: readonly KeyedRow[]): Promise<LegacyUser[]> {
    const people = rows.flatMap(({ cells }) => {
      const row = toRow(items, cells);
      const id = idOf(options, row);
      return id === undefined || isDeleted(options, row) ? [] : [{ id, row }];
    });
    return allCertain(people);
  }

  /** Where there are joins, each person takes further questions. */
  async function allCertain(people: readonly KeyedPerson[]): Promise<LegacyUser[]> {
    const users: LegacyUser[] = [];
    for (let from = 0; from < people.length; from += JOINED_AT_ONCE) {
      users.push(...(await Promise.all(people.slice(from, from + JOINED_AT_ONCE).map(certainUserOf))));
    }
    return users;
  }

  async function scan(after: string | undefined, limit: number): Promise<LegacyPage> {
    if (after !== undefined) requireText(after, 'The place where a page begins');
    const wanted = bounded(limit, 1);
    const rows = await source.page(after, wanted);
    return { rows: await usersOf(rows), next: rows.length < wanted ? undefined : rows.at(-1)?.cursor };
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
    return { rows: await usersOf(rows), watermark: mark && writeMark(mark), more };
  }

  return {
    name: options.name,
    find,
    findById,
    findMany,
    scan,
    changedSince,
    count: () => source.count(),
    async sampleCredentials(limit) {
      const most = isPasswordJoined(options) ? MAX_JOINED_SAMPLE : MAX_ROWS;
      const cells = await source.some(Math.min(bounded(limit, 0), most));
      const rows = cells.map((each) => toRow(items, each));
      const [first] = rows;
      if (hasJoins && first !== undefined) lastSeen ??= keysOf(options, first);
      const credentials: Credential[] = [];
      for (const row of isPasswordJoined(options) ? await allCompleted(rows) : rows) {
        credentials.push(readCredential(options, row));
      }
      return credentials.filter(({ encoded }) => encoded !== '');
    },
    ping: () => source.ping(),
    check: () => source.check(),
    close: () => source.close(),
  };
}

function bounded(limit: number, least: number): number {
  return Math.min(Math.max(Math.trunc(limit), least), MAX_ROWS);
}

/** What the joins ask by, and nothing else of the person. */
function keysOf(options: LegacyOptions, row: LegacyRow): LegacyRow {
  const columns = Object.values(options.joins).map(({ on }) => on ?? options.id);
  const values = new Map(columns.map((column) => [column, row.values.get(column) ?? null]));
  return { values, moments: new Map(), active: undefined };
}

function isPasswordJoined(options: LegacyOptions): boolean {
  const { column, salt, username } = options.password;
  return [column, salt, username].some((name) => name !== undefined && joinOf(options, name) !== undefined);
}

interface Found {
  readonly result: FindResult;
  readonly candidates: readonly Candidate[];
}

function lookUpOf(
  { name: directory, match: rule, login }: LegacyOptions,
  identifier: string,
  candidates: readonly Candidate[],
  { kind: answer }: FindResult,
): LookUp {
  return {
    directory,
    rule,
    answer,
    candidates: candidates.map((candidate) => ({
      legacyId: candidate.id,
      column: login[candidate.login] ?? '',
      matches: sameName(rule, identifier, candidate.name),
      deleted: candidate.deleted === true,
    })),
  };
}

function candidateOf(options: LegacyOptions, login: number, row: LegacyRow): Candidate[] {
  const id = idOf(options, row);
  const name = textOf(row.values.get(options.login[login] ?? ''));
  if (id === undefined || name === undefined) return [];
  return [{ id, login, name, row, deleted: isDeleted(options, row) }];
}
