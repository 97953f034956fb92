import { type CensusJudgement, type CensusLine, JUDGEMENTS } from '../work/census.ts';
import { parametersInWords } from './parameters.ts';

/** A piece of a bar, in percent of its length. */
export interface Segment {
  readonly judgement: CensusJudgement;
  readonly start: number;
  readonly width: number;
}

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
  readonly totals: readonly { readonly judgement: CensusJudgement; readonly people: number }[];
  readonly segments: readonly Segment[];
  /** The most frequent first. */
  readonly groups: readonly ChartGroup[];
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
  const all = lines.reduce((sum, { people }) => sum + people, 0);
  const byTitle = Map.groupBy(lines, (line) => JSON.stringify([line.directory, titleOf(line)]));
  const groups = [...byTitle.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const { directory } = first;
    const segments = segmentsOf(members, all);
    return [
      { title: titleOf(first), directory, people: sumOf(members), segments, lines: members.map(drawn) },
    ];
  });
  function drawn(line: CensusLine): ChartLine {
    return { ...line, made: parametersInWords(line.parameters), segments: segmentsOf([line], all) };
  }
  return {
    totals: totalsOf(lines),
    segments: segmentsOf(lines, all),
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

function totalsOf(lines: readonly CensusLine[]) {
  return JUDGEMENTS.map((judgement) => ({
    judgement,
    people: sumOf(lines.filter((line) => line.judgement === judgement)),
  }));
}

function segmentsOf(lines: readonly CensusLine[], all: number): Segment[] {
  let start = 0;
  return totalsOf(lines)
    .filter(({ people }) => people > 0)
    .map(({ judgement, people }) => {
      const segment = { judgement, start: rounded(start), width: rounded((100 * people) / all) };
      start += (100 * people) / all;
      return segment;
    });
}

const rounded = (percent: number) => Math.round(percent * 100) / 100;
