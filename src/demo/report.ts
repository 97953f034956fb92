import type { Person } from './people.ts';
import type { Chapter, Epilogue, Held } from './story.ts';

/** What became of one person. */
export interface Told extends Chapter, Epilogue {
  readonly person: Person;
}

const COLUMNS: readonly { title: string; cell: (told: Told) => string }[] = [
  { title: 'person', cell: ({ person }) => `${person.givenName} ${person.familyName}` },
  { title: 'legacy scheme', cell: ({ person }) => person.scheme },
  { title: 'login', cell: ({ login }) => word(login) },
  { title: 'wrong refused', cell: ({ wrongAtBridge }) => word(wrongAtBridge) },
  { title: 'copied', cell: ({ copied }) => word(copied) },
  { title: 'argon2id verified at the target', cell: ({ verified }) => word(verified) },
  { title: 'login there alone', cell: ({ alone }) => word(alone) },
  { title: 'wrong refused there', cell: ({ wrongAtPlatform }) => word(wrongAtPlatform) },
];

/** The table of everybody's story, aligned for a terminal, and under it a sentence for all that did not hold. */
export function reportStory(all: readonly Told[], others: readonly { what: string; held: Held }[]): string {
  const rows = [
    COLUMNS.map(({ title }) => title),
    ...all.map((told) => COLUMNS.map(({ cell }) => cell(told))),
  ];
  const widths = COLUMNS.map((_, index) => Math.max(...rows.map((row) => width(row[index] ?? ''))));
  const line = (row: readonly string[]) =>
    row
      .map((text, index) => text + ' '.repeat((widths[index] ?? 0) - width(text)))
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = rows;
  const rule = widths.map((count) => '-'.repeat(count)).join('  ');
  return [
    ...[line(head), rule, ...body.map(line), ''],
    ...others.map(({ what, held }) => `${what}: ${word(held)}`),
    ...failures(all, others),
  ].join('\n');
}

/** Whether everything held for everybody. Nobody at all is no success. */
export function allHeld(all: readonly Told[], others: readonly { held: Held }[]): boolean {
  return all.length > 0 && [...all.flatMap(steps), ...others].every(({ held }) => held.held);
}

function failures(all: readonly Told[], others: readonly { what: string; held: Held }[]): string[] {
  const failed = [
    ...all.flatMap((told) =>
      steps(told).map(({ what, held }) => ({ what: `${told.person.username}, ${what}`, held })),
    ),
    ...others,
  ].flatMap(({ what, held }) => (held.held || held.why === 'not reached' ? [] : [`  ${what}: ${held.why}.`]));
  return failed.length === 0 ? [] : ['', 'What did not hold:', ...failed];
}

function steps(told: Told): { what: string; held: Held }[] {
  return [
    { what: 'login', held: told.login },
    { what: 'wrong password at the bridge', held: told.wrongAtBridge },
    { what: 'copy', held: told.copied },
    { what: 'argon2id', held: told.verified },
    { what: 'login there alone', held: told.alone },
    { what: 'wrong password there', held: told.wrongAtPlatform },
  ];
}

function word(held: Held): string {
  if (held.held) return 'yes';
  return held.why === 'not reached' ? '-' : 'NO';
}

function width(text: string): number {
  return [...text.normalize('NFC')].length;
}
