import type { CheckResult } from '../../domain/check.ts';
import type { ColumnFacts } from '../columns/facts.ts';
import type { LegacyBlock } from '../legacy-block.ts';

/** What is odd in the columns that people log in with and are known by. */
export function checkValues(facts: readonly ColumnFacts[], legacy: LegacyBlock): CheckResult[] {
  const of = (name: unknown) => facts.find(({ column }) => column.name === name);
  const logins = legacy.login.map(of).filter((found) => found !== undefined);
  const email = of(legacy.profile.email);
  return [
    ...logins.flatMap((login) => [...checkDuplicates(login), ...checkBlanks(login), ...checkMissing(login)]),
    ...logins.flatMap(checkCollation),
    ...(email === undefined ? [] : checkAddresses(email)),
    ...facts.flatMap(checkZeroDates),
  ];
}

const warning = (about: string, found: string, remedy: string): CheckResult[] => [
  { level: 'warning', about, found, remedy },
];

function checkDuplicates({ column, repeated, rows }: ColumnFacts): CheckResult[] {
  if (repeated === 0) return [];
  const { name } = column;
  return warning(
    `legacy.login.${name}`,
    `${repeated} of ${rows} rows have the same ${name} as another row, at least up to case and outer blanks: by the rule case-insensitive nobody of them can log in with it.`,
    `Look at them: SELECT LOWER(TRIM(${name})), COUNT(*) FROM ... GROUP BY 1 HAVING COUNT(*) > 1. Set match: exact if the legacy application tells them apart.`,
  );
}

function checkBlanks({ column, looks }: ColumnFacts): CheckResult[] {
  if (looks.blanks === 0) return [];
  return warning(
    `legacy.login.${column.name}`,
    `${looks.blanks} values of ${column.name} begin or end with a blank. The bridge compares them as they are, so such a name must be typed with its blank.`,
    'Have them trimmed in the legacy table, if its application allows it.',
  );
}

function checkMissing({ column, filled, rows }: ColumnFacts): CheckResult[] {
  if (filled === rows || rows === 0) return [];
  return [
    {
      level: 'ok',
      about: `legacy.login.${column.name}`,
      found: `${rows - filled} of ${rows} rows have no ${column.name}; those people log in with another column or not at all.`,
    },
  ];
}

/** Collations that make names equal that are not: the bridge compares again, but two such people shadow each other. */
function checkCollation({ column }: ColumnFacts): CheckResult[] {
  const { collation, name } = column;
  if (collation === undefined || /_bin$|_as_cs|^C$|^POSIX$|^BINARY$/i.test(collation)) return [];
  if (!/_ci\b|_ai_|_general_|_unicode_/i.test(collation)) return [];
  return [
    {
      level: 'ok',
      about: `legacy.login.${name}`,
      found: `The collation ${collation} makes names equal that differ in case${/_as_/.test(collation) ? '' : ', accents'} or trailing blanks; the bridge compares what the database found again, by its own rule.`,
    },
  ];
}

function checkAddresses({ column, filled, looks }: ColumnFacts): CheckResult[] {
  const odd = filled - looks.email;
  if (odd === 0) return [];
  return warning(
    'legacy.profile.email',
    `${odd} of ${filled} values of ${column.name} are no e-mail addresses.`,
    'The new platform may refuse them; see them in a dry run before the copy begins.',
  );
}

function checkZeroDates({ column, looks }: ColumnFacts): CheckResult[] {
  if (looks.zeroDate === 0) return [];
  return [
    {
      level: 'ok',
      about: `column ${column.name}`,
      found: `${looks.zeroDate} of its values are zero dates (0000-00-00), which count as no date.`,
    },
  ];
}
