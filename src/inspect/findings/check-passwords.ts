import type { CheckResult } from '../../domain/check.ts';
import type { CensusLine } from '../inspection.ts';
import type { LegacyBlock } from '../legacy-block.ts';
import { type Census, NO_PASSWORD } from './census.ts';

/** What the census means for the day on which the bridge opens. */
export function checkPasswords({ lines, people }: Census, legacy: LegacyBlock): CheckResult[] {
  const about = 'legacy.password';
  const results = lines.flatMap((line) => finding(line, people, about));
  if (people === 0) {
    const found = `${legacy.table} has no rows to look at, so nothing is known of the passwords.`;
    return [{ level: 'warning', about, found, remedy: 'Inspect the table that is in use, or a copy of it.' }];
  }
  return results.length > 0
    ? results
    : [{ level: 'ok', about, found: `All ${people} passwords that were read can be verified.` }];
}

function finding({ what, people, judgement, note }: CensusLine, all: number, about: string): CheckResult[] {
  const count = `${people} of ${all} ${all === 1 ? 'row' : 'rows'}`;
  switch (judgement) {
    case 'strong':
    case 'weak':
      return [];
    case 'broken':
      return [
        {
          level: 'ok',
          about,
          found: `${count}: ${what}. Whoever has the table has these passwords; each login replaces one.`,
        },
      ];
    case 'undecided':
      return [
        {
          level: 'error',
          about: `${about}.scheme`,
          found: `${count}: ${what}. The value alone does not say how it was made${note === undefined ? '' : `: ${note}`}.`,
          remedy:
            'Run inspect again with --login NAME, where NAME is a person whose password you know: it finds the scheme.',
        },
      ];
    case 'unverifiable':
      if (what === NO_PASSWORD) {
        const have = people === 1 ? 'has' : 'have';
        return [{ level: 'ok', about, found: `${count} ${have} no password: nobody logs in there.` }];
      }
      return [
        {
          level: 'warning',
          about,
          found: `${count}: ${note ?? what}. No password verifies there.`,
          remedy: 'See whether the column or the export cut it; these people need a reset otherwise.',
        },
      ];
  }
}
