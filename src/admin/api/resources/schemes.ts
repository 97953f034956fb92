import { z } from 'zod';
import { JUDGEMENTS } from '../../work/census.ts';
import { MOST_SAMPLED, type SchemeWork } from '../../work/schemes.ts';
import { pageFrom, pageOf, pageQuery } from '../paging.ts';
import { type Route, route } from '../route.ts';
import { moment } from './views.ts';

const tag = 'Schemes';

const GROUPS = ['prefix', 'configured', 'family', 'digest', 'recipe'] as const;
const STRENGTHS = ['strong', 'weak', 'broken'] as const;

/** What narrows the list of schemes down; an exact part of what is written about one. */
export const schemeQuery = z.strictObject({
  ...pageQuery,
  search: z
    .string()
    .max(100)
    .optional()
    .describe(
      'Part of a name, of another name, of the recipe, or of the software; case and blanks do not matter.',
    ),
  group: z.enum(GROUPS).optional(),
  strength: z.enum(STRENGTHS).optional().describe('Of the example, which has the usual parameters.'),
});

const parameters = z.record(z.string(), z.union([z.string(), z.number()]));
const judgement = z.object({ strength: z.enum(STRENGTHS), reason: z.string().optional() });

const scheme = z
  .object({
    name: z.string().describe('As the configuration spells it.'),
    aliases: z.array(z.string()),
    group: z.enum(GROUPS),
    recipe: z.string().optional(),
    foundIn: z.string(),
    needs: z.array(z.string()),
    takes: z.array(z.string()),
    ignores: z.string().optional(),
    judgement,
    parameters: parameters.describe('Of the example.'),
    example: z.string().describe('A stored value of a made-up password.'),
    layoutOnly: z.literal(true).optional().describe('The example is of another password.'),
    unverifiable: z.string().optional(),
  })
  .meta({ id: 'Scheme' });

const sampled = z.int().describe('How many rows were looked at.');

const census = z
  .object({
    at: moment,
    sampled,
    directories: z.array(
      z.object({
        name: z.string(),
        sampled,
        people: z.int().optional().describe('About how many there are; absent where nothing cheap says it.'),
      }),
    ),
    lines: z.array(
      z.object({
        directory: z.string(),
        kind: z.enum(['scheme', 'damaged', 'ambiguous', 'empty', 'unknown']),
        scheme: z.string().optional(),
        parameters: parameters.optional().describe('Absent where they differ from row to row.'),
        shape: z.string().optional().describe('What the column looks like; never the hash.'),
        judgement: z
          .enum(JUDGEMENTS)
          .describe('`unverifiable`: nobody of these can be let in; `none`: there is no password.'),
        reason: z.string().optional(),
        candidates: z
          .array(z.string())
          .optional()
          .describe('What it may be, as the configuration spells it.'),
        remedy: z.string().optional(),
        command: z.string().optional().describe('What to run for it, where the bridge runs.'),
        people: z.int(),
      }),
    ),
  })
  .meta({ id: 'Census' });

const unverifiable = z.object({
  items: z.array(
    z.object({
      directory: z.string(),
      shape: z.string().describe('What the column looks like; never the hash.'),
      people: z.int(),
      legacyIds: z.array(z.string()),
    }),
  ),
});

export function schemeRoutes(work: SchemeWork): Route[] {
  return [
    route({
      method: 'GET',
      path: '/schemes',
      id: 'listSchemes',
      tag,
      summary: 'Every way of hashing passwords that is verified.',
      query: schemeQuery,
      response: pageOf(scheme),
      async handle({ query }) {
        const { items, next } = pageFrom(await work.list(query), ({ name }) => name, query);
        const body = items.map((entry) => ({
          ...entry,
          aliases: [...entry.aliases],
          needs: [...entry.needs],
          takes: [...entry.takes],
        }));
        return { body: { items: body, next } };
      },
    }),
    route({
      method: 'POST',
      path: '/schemes/census',
      id: 'takeSchemeCensus',
      tag,
      summary:
        'Looks how the people of the old tables are hashed, by the first rows of each; changes nothing.',
      query: z.strictObject({
        sample: z.coerce
          .number<string>()
          .int()
          .min(1)
          .max(MOST_SAMPLED)
          .default(MOST_SAMPLED)
          .describe('How many rows of each directory, at most.'),
      }),
      response: census,
      scope: 'admin:read',
      handle: async ({ query }) => ({ body: await work.takeCensus(query.sample) }),
    }),
    route({
      method: 'GET',
      path: '/schemes/census',
      id: 'lastSchemeCensus',
      tag,
      summary:
        'What this instance counted when it looked last; no `census` when it has not looked since it started.',
      response: z.object({ census: census.optional() }),
      handle: async () => ({ body: { census: work.lastCensus() } }),
    }),
    route({
      method: 'GET',
      path: '/schemes/unverifiable',
      id: 'listUnverifiable',
      tag,
      summary: 'Rows that somebody tried to log in with and that no scheme reads.',
      response: unverifiable,
      handle: async () => ({ body: { items: await work.unverifiable() } }),
    }),
  ];
}
