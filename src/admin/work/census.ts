import type { Credential } from '../../domain/credential.ts';
import { type Identity, identifyAs } from '../../passwords/identify.ts';
import type { Parameters } from '../../passwords/scheme.ts';
import { remedyFor } from './password-remedies.ts';

export const JUDGEMENTS = ['strong', 'weak', 'broken', 'unverifiable', 'none'] as const;
/** `unverifiable`: nobody of these can be let in; `none`: there is no password. */
export type CensusJudgement = (typeof JUDGEMENTS)[number];

/** People of one directory whose passwords are alike. */
export interface CensusLine {
  readonly directory: string;
  readonly kind: Identity['kind'];
  /** Absent where the value names none. */
  readonly scheme?: string | undefined;
  /** How it was made; absent where they differ from row to row. */
  readonly parameters?: Parameters | undefined;
  /** What a value looks like that names no scheme; never the hash. */
  readonly shape?: string | undefined;
  readonly judgement: CensusJudgement;
  /** Why it is judged so, as a sentence. */
  readonly reason?: string | undefined;
  /** What it may be, as the configuration spells it, where the value does not say it. */
  readonly candidates?: string[] | undefined;
  /** What to do about it, and what to run for it. */
  readonly remedy?: string | undefined;
  readonly command?: string | undefined;
  readonly people: number;
}

type Line = Omit<CensusLine, 'people'>;

const CANDIDATES_SHOWN = 6;
/** A scheme with more lines than this has a parameter that differs in every row, and is counted without. */
const MAX_LINES_A_SCHEME = 12;

/** What stands in these rows, the most frequent first. */
export function takeCensus(directory: string, credentials: readonly Credential[]): CensusLine[] {
  const lines = credentials.map((credential) => lineOf(directory, identifyAs(credential)));
  const tooMany = schemesWithManyLines(lines);
  return counted(
    lines.map((line) =>
      line.kind === 'scheme' && tooMany.has(line.scheme) ? withoutParameters(line) : line,
    ),
  );
}

function lineOf(directory: string, found: Identity): Line {
  const line = { directory, kind: found.kind, ...remedyFor(found) };
  switch (found.kind) {
    case 'scheme': {
      const { scheme, parameters, judgement, outOfBounds } = found;
      const about = { ...line, scheme, parameters };
      if (outOfBounds !== undefined) return { ...about, judgement: 'unverifiable', reason: outOfBounds };
      const reason = 'reason' in judgement ? sentence(judgement.reason) : undefined;
      return { ...about, judgement: judgement.strength, reason };
    }
    case 'damaged':
      return { ...line, scheme: found.scheme, judgement: 'unverifiable', reason: sentence(found.why) };
    case 'ambiguous': {
      const candidates = found.candidates.slice(0, CANDIDATES_SHOWN);
      const reason = 'The value alone does not say how it was made.';
      return { ...line, shape: found.shape, judgement: 'unverifiable', reason, candidates };
    }
    case 'empty':
      return { ...line, judgement: 'none', reason: 'Nobody can log in with an empty password.' };
    case 'unknown':
      return {
        ...line,
        shape: found.shape,
        judgement: 'unverifiable',
        reason: 'It is of no scheme that is known.',
      };
  }
}

function schemesWithManyLines(lines: readonly Line[]): Set<string | undefined> {
  const seen = new Map<string | undefined, Set<string>>();
  for (const { kind, scheme, parameters } of lines) {
    if (kind !== 'scheme') continue;
    const variants = seen.get(scheme) ?? new Set();
    seen.set(scheme, variants.add(JSON.stringify(parameters)));
  }
  return new Set([...seen].filter(([, { size }]) => size > MAX_LINES_A_SCHEME).map(([scheme]) => scheme));
}

/** The reason names a parameter too. */
function withoutParameters({ parameters: _, reason: __, ...line }: Line): Line {
  return line;
}

function counted(lines: readonly Line[]): CensusLine[] {
  const groups = new Map<string, { line: Line; people: number }>();
  for (const line of lines) {
    const key = JSON.stringify(line);
    const group = groups.get(key) ?? { line, people: 0 };
    group.people += 1;
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ line, people }) => ({ ...line, people }))
    .sort((one, other) => other.people - one.people);
}

const sentence = (half: string) => `${half.charAt(0).toUpperCase()}${half.slice(1)}.`;
