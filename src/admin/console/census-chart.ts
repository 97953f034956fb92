import { type CensusJudgement, type CensusLine, JUDGEMENTS } from '../work/census.ts';
import { parametersInWords, withGroupedNumbers } from './parameters.ts';
import { type Part, type Segment, segmentsOf } from './shares.ts';

export interface ChartLine extends CensusLine {
  /** The parameters, in words. */
  readonly made: string;
  readonly segments: readonly Segment[];
}

/** People whose passwords are of one scheme, however it was set. */
export interface ChartGroup {
  readonly title: string;
  readonly directory: string;
  readonly people: number;
  readonly segments: readonly Segment[];
  readonly lines: readonly ChartLine[];
}

export interface CensusChart {
  readonly totals: readonly Total[];
  readonly segments: readonly Segment[];
  /** The most frequent first. */
  readonly groups: readonly ChartGroup[];
}

interface Total extends Part {
  readonly kind: CensusJudgement;
}

/** What somebody has to know or do, and about whom. */
export interface Advice {
  readonly judgement: CensusJudgement;
  readonly remedy: string;
  readonly command: string | undefined;
  readonly people: number;
  readonly about: readonly { readonly title: string; readonly line: ChartLine }[];
}

/** The census as bars: every bar is as long as all the people that were looked at. */
export function chartOf(lines: readonly CensusLine[]): CensusChart {
  const all = sumOf(lines);
  const bar = (some: readonly CensusLine[]) => segmentsOf(totalsOf(some), all);
  const byTitle = Map.groupBy(lines, (line) => JSON.stringify([line.directory, titleOf(line)]));
  const groups = [...byTitle.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const drawn = members.map((line) => ({
      ...line,
      made: parametersInWords(line.parameters),
      reason: withGroupedNumbers(line.reason),
      segments: bar([line]),
    }));
    const { directory } = first;
    return [
      { title: titleOf(first), directory, people: sumOf(members), segments: bar(members), lines: drawn },
    ];
  });
  return {
    totals: totalsOf(lines),
    segments: bar(lines),
    groups: groups.sort((one, other) => other.people - one.people),
  };
}

/** Who cannot be let in first, then whose password is the easiest to find out. */
export function adviceOn({ groups }: CensusChart): Advice[] {
  const about = groups.flatMap(({ title, lines }) => lines.map((line) => ({ title, line })));
  const byRemedy = Map.groupBy(about, ({ line }) => JSON.stringify([line.judgement, line.remedy]));
  return [...byRemedy.values()]
    .flatMap((members): Advice[] => {
      const { judgement, remedy, command } = members[0]?.line ?? {};
      if (judgement === undefined || remedy === undefined) return [];
      const people = sumOf(members.map(({ line }) => line));
      return [{ judgement, remedy, command, people, about: members }];
    })
    .sort(
      (one, other) =>
        URGENCY.indexOf(one.judgement) - URGENCY.indexOf(other.judgement) || other.people - one.people,
    );
}

const URGENCY: readonly CensusJudgement[] = ['unverifiable', 'broken', 'weak', 'none', 'strong'];

function titleOf({ kind, scheme, shape }: CensusLine): string {
  if (kind === 'damaged') return `${scheme}, damaged`;
  return scheme ?? shape ?? 'no password';
}

const sumOf = (lines: readonly CensusLine[]) => lines.reduce((sum, { people }) => sum + people, 0);

function totalsOf(lines: readonly CensusLine[]): Total[] {
  return JUDGEMENTS.map((kind) => ({ kind, people: sumOf(lines.filter((line) => line.judgement === kind)) }));
}
