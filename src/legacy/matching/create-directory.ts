import type { CheckResult } from '../../domain/check.ts';
import { BridgeError } from '../../domain/errors.ts';
import type { FindResult, LegacyDeps, LegacyDirectory, LegacyUser } from '../directory.ts';
import { type Cell, textOf } from '../mapping/cell.ts';
import { readCredential } from '../mapping/credential.ts';
import { idOf, readUser } from '../mapping/read-user.ts';
import { type LegacyRow, selectItems, toRow } from '../mapping/row.ts';
import type { LegacyOptions } from '../options.ts';
import { type Candidate, judge } from './judge.ts';
import { canBeLoginName, requireText } from './login-name.ts';

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
  ping(): Promise<void>;
  check(): Promise<CheckResult[]>;
  close(): Promise<void>;
}

const MAX_SAMPLE = 1_000;

/** The directory on top of any connector: what the database answered is judged and mapped here, once for all. */
export function createDirectory(
  options: LegacyOptions,
  { logger }: LegacyDeps,
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

  return {
    name: options.name,
    find,
    findById,
    async sampleCredentials(limit) {
      const rows = await source.some(Math.min(Math.max(Math.trunc(limit), 0), MAX_SAMPLE));
      return rows
        .map((cells) => readCredential(options, toRow(items, cells)))
        .filter(({ encoded }) => encoded !== '');
    },
    ping: () => source.ping(),
    check: () => source.check(),
    close: () => source.close(),
  };
}

function candidateOf(options: LegacyOptions, login: number, row: LegacyRow): Candidate[] {
  const id = idOf(options, row);
  const name = textOf(row.values.get(options.login[login] ?? ''));
  return id === undefined || name === undefined ? [] : [{ id, login, name, row }];
}
