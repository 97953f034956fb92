import type { DecommissionReport, PersonStanding } from './report.ts';
import { LAST_LOGINS, STANDINGS } from './report.ts';

/** The report as people read it. */
export function renderMarkdown(report: DecommissionReport): string {
  const { target, issuer, at, people, across, verdict, breaks, clients, directories } = report;
  const share = people === 0 ? '' : ` (${Math.floor((100 * across) / people)} %)`;
  return [
    `# Can the legacy table be switched off?`,
    '',
    `Target \`${target}\`, by ${issuer}, ${at}.`,
    '',
    verdict === 'ready'
      ? '**Yes: nobody would be kept out.**'
      : `**No.** ${grouped(across)} of ${grouped(people)} people are across${share}.`,
    '',
    ...(breaks.length === 0
      ? []
      : ['If it were switched off now:', '', ...breaks.map((line) => `- ${text(line)}`), '']),
    '## People',
    '',
    ...table(
      ['standing', 'people', ...LAST_LOGINS.map((when) => (when === 'never' ? when : `login: ${when}`))],
      standingsOf(report).map((standing) => [
        STANDINGS[standing],
        grouped(countOf(report, { standing })),
        ...LAST_LOGINS.map((lastLogin) => grouped(countOf(report, { standing, lastLogin }))),
      ]),
    ),
    'Logins are those at the bridge, to within a day.',
    '',
    '## Schemes',
    '',
    ...table(
      ['scheme', 'people', 'across', 'unverifiable'],
      [...new Set(report.groups.map(({ scheme }) => scheme))].map((scheme) => [
        `\`${scheme}\``,
        grouped(countOf(report, { scheme })),
        grouped(countOf(report, { scheme, standing: 'across' })),
        grouped(countOf(report, { scheme, unverifiable: true })),
      ]),
    ),
    '## Clients',
    '',
    ...table(
      ['client', 'mode', 'target', 'needs the legacy table'],
      clients.map((client) => [
        `\`${client.client_id}\``,
        client.mode,
        client.target ?? '',
        client.needsLegacy ? 'yes' : 'no',
      ]),
    ),
    '## Who is not across',
    '',
    ...(report.examples.length === 0 ? ['Nobody.', ''] : report.examples.flatMap(describeExamples)),
    `Read: ${directories.map(({ name, people }) => `${grouped(people)} of ${name}`).join(', ')}.`,
    '',
  ].join('\n');
}

const standingsOf = ({ groups }: DecommissionReport): PersonStanding[] => [
  ...new Set(groups.map(({ standing }) => standing)),
];

function countOf(
  { groups }: DecommissionReport,
  wanted: Partial<DecommissionReport['groups'][number]>,
): number {
  const entries = Object.entries(wanted);
  return groups
    .filter((group) => entries.every(([key, value]) => group[key as keyof typeof group] === value))
    .reduce((sum, { people }) => sum + people, 0);
}

function describeExamples({ standing, reason, people }: DecommissionReport['examples'][number]): string[] {
  const why = reason === null ? STANDINGS[standing] : `${STANDINGS[standing]} ${reason}`;
  const names = people.map(
    ({ directory, legacyId, name }) => `${directory}:${legacyId}${name === undefined ? '' : ` (${name})`}`,
  );
  return [`- ${text(why)} ${text(names.join(', '))}`, ''];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line), ''];
}

/** Names and reasons come from elsewhere: they are text, and no markup. */
const text = (content: string) => content.replaceAll(/[\\`*_<>|$[\]]/g, '\\$&').replaceAll(/\s+/g, ' ');

const grouped = (count: number) => count.toLocaleString('en');
