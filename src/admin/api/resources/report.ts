import { z } from 'zod';
import { LAST_LOGINS, type PersonStanding, STANDINGS } from '../../../report/report.ts';
import type { StewardsDesk } from '../../desk.ts';
import { createReportWork } from '../../work/report.ts';
import { type Route, route } from '../route.ts';
import { targetName } from './views.ts';

const MOST_EXAMPLES = 1_000;
const standing = z.enum(Object.keys(STANDINGS) as [PersonStanding, ...PersonStanding[]]);

const report = z
  .object({
    kind: z.literal('footbridge-decommission-report'),
    version: z.literal(1),
    issuer: z.string(),
    target: z.string(),
    at: z.string().describe('ISO 8601, UTC.'),
    directories: z.array(z.object({ name: z.string(), people: z.int() })),
    people: z.int(),
    across: z.int(),
    verdict: z.enum(['ready', 'not-ready']).describe('`ready`: nobody would be kept out.'),
    breaks: z.array(z.string()).describe('What would break, as sentences.'),
    clients: z.array(
      z.object({
        client_id: z.string(),
        mode: z.string(),
        target: z.string().nullable(),
        needsLegacy: z.boolean(),
      }),
    ),
    groups: z.array(
      z.object({
        standing,
        reason: z.string().nullable(),
        scheme: z.string(),
        unverifiable: z.boolean(),
        lastLogin: z.enum(LAST_LOGINS),
        people: z.int(),
      }),
    ),
    examples: z.array(
      z.object({
        standing,
        reason: z.string().nullable(),
        people: z.array(z.object({ directory: z.string(), legacyId: z.string() })),
      }),
    ),
  })
  .meta({ id: 'DecommissionReport' });

export function reportRoutes(desk: StewardsDesk): Route[] {
  const work = createReportWork(desk);
  return [
    route({
      method: 'GET',
      path: '/report',
      id: 'makeReport',
      tag: 'Progress',
      summary:
        'Whether the legacy table can be switched off, signed. Reads the whole table: it takes a while.',
      query: z.strictObject({
        target: targetName,
        examples: z.coerce
          .number<string>()
          .int()
          .min(0)
          .max(MOST_EXAMPLES)
          .default(20)
          .describe('How many people are named, by legacy id, of each group that is not across.'),
      }),
      response: z.object({
        report,
        document: z.string().describe('The report as it was signed: save it byte for byte, in UTF-8.'),
        signature: z
          .string()
          .describe('A detached JWS over the document (RFC 7797) by the key that signs ID tokens.'),
      }),
      async handle({ query: { target, examples } }) {
        const made = await work.make(target, examples);
        const document = Buffer.from(made.document).toString('utf8');
        return { body: { report: JSON.parse(document), document, signature: made.jws } };
      },
    }),
  ];
}
