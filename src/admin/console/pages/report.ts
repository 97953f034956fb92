import { z } from 'zod';
import { renderMarkdown } from '../../../report/render-markdown.ts';
import {
  type DecommissionReport,
  KEPT_OUT,
  LAST_LOGINS,
  type PersonStanding,
  STANDINGS,
} from '../../../report/report.ts';
import { targetName } from '../../api/resources/views.ts';
import type { SignedReport, StewardsDesk } from '../../desk.ts';
import { createReportWork } from '../../work/report.ts';
import { type ConsoleEntry, form, page } from '../page.ts';

const PATH = '/report';
const TITLE = 'Can the old table be switched off?';
/** People who are named, by legacy id, of each group that is not across. */
const EXAMPLES = 10;

const crumbs = [{ label: 'Runs', href: '/runs' }];

export function reportPages(desk: StewardsDesk): ConsoleEntry[] {
  const work = createReportWork(desk);
  const around = (target: string | undefined) => {
    const targets = [...desk.targets.keys()];
    return { targets, chosen: target ?? targets[0], jwks: desk.offer.endpoints.jwks_uri };
  };
  return [
    page({
      path: PATH,
      title: TITLE,
      query: z.object({ target: targetName.optional() }),
      show: async ({ query: { target } }) => ({
        view: 'report',
        crumbs,
        data: { ...around(target), made: undefined },
      }),
    }),
    // Making one reads whole tables of the old database: that takes a button, not an address.
    form({
      path: PATH,
      title: TITLE,
      scope: 'admin:read',
      form: z.object({ target: targetName }),
      back: () => PATH,
      async handle({ form: { target } }) {
        const made = await work.make(target, EXAMPLES);
        return { view: 'report', crumbs, data: { ...around(target), made: shown(made) } };
      },
    }),
  ];
}

function shown({ report, document, jws }: SignedReport) {
  const name = `footbridge-report-${report.target}-${report.at.slice(0, 10)}.json`;
  return {
    ...report,
    at: Date.parse(report.at),
    standings: standingsOf(report),
    lastLogins: LAST_LOGINS,
    examples: report.examples.map((group) => ({ ...group, meaning: STANDINGS[group.standing] })),
    name,
    // The files of one making belong together, and no instance keeps any: they travel in the page.
    files: [
      {
        name,
        what: 'The report',
        href: dataUrl('application/json', document),
        type: 'JSON, as it was signed',
      },
      {
        name: `${name}.jws`,
        what: 'Its signature',
        href: dataUrl('application/jose', `${jws}\n`),
        type: 'detached JWS',
      },
      {
        name: `${name}.md`,
        what: 'To read',
        href: dataUrl('text/markdown', renderMarkdown(report)),
        type: 'Markdown, not signed',
      },
    ],
  };
}

const dataUrl = (type: string, content: string | Uint8Array) =>
  `data:${type};base64,${Buffer.from(content).toString('base64')}`;

/** Everybody by where they stand, the most people first, and when they last logged in at the bridge. */
function standingsOf({ groups }: DecommissionReport) {
  const names = Object.keys(STANDINGS) as PersonStanding[];
  return names
    .map((standing) => {
      const of = groups.filter((group) => group.standing === standing);
      const sum = (some: typeof of) => some.reduce((all, { people }) => all + people, 0);
      return {
        standing,
        meaning: STANDINGS[standing],
        keptOut: KEPT_OUT.includes(standing),
        people: sum(of),
        byLogin: LAST_LOGINS.map((when) => sum(of.filter(({ lastLogin }) => lastLogin === when))),
      };
    })
    .filter(({ people }) => people > 0)
    .sort((one, other) => other.people - one.people);
}
