import { z } from 'zod';
import { catalogueAside } from '../../../passwords/catalogue-aside.ts';
import type { StewardsDesk } from '../../desk.ts';
import { createSchemeWork } from '../../work/schemes.ts';
import { pageFrom, pageOf, pageQuery } from '../paging.ts';
import { type Route, route } from '../route.ts';

const tag = 'Schemes';
const MAX_SAMPLE = 1_000;

const judgement = z.object({ strength: z.string(), reason: z.string().optional() });

const scheme = z
  .object({
    name: z.string().describe('As the configuration spells it.'),
    aliases: z.array(z.string()),
    group: z.enum(['prefix', 'configured', 'family', 'digest', 'recipe']),
    recipe: z.string().optional(),
    foundIn: z.string(),
    needs: z.array(z.string()),
    judgement,
    unverifiable: z.string().optional(),
  })
  .meta({ id: 'Scheme' });

const census = z.object({
  sampled: z.int().describe('How many rows were looked at.'),
  lines: z.array(
    z.object({
      directory: z.string(),
      kind: z.enum(['scheme', 'damaged', 'ambiguous', 'empty', 'unknown']),
      scheme: z.string().optional(),
      strength: z.string().optional(),
      reason: z.string().optional(),
      people: z.int(),
    }),
  ),
});

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

export function schemeRoutes(desk: StewardsDesk): Route[] {
  const work = createSchemeWork(desk);
  return [
    route({
      method: 'GET',
      path: '/schemes',
      id: 'listSchemes',
      tag,
      summary: 'Every way of hashing passwords that is verified.',
      query: z.strictObject(pageQuery),
      response: pageOf(scheme),
      async handle({ query }) {
        const { items, next } = pageFrom(await catalogueAside(), ({ name }) => name, query);
        const body = items.map((entry) => ({
          ...entry,
          aliases: [...entry.aliases],
          needs: [...entry.needs],
        }));
        return { body: { items: body, next } };
      },
    }),
    route({
      method: 'GET',
      path: '/schemes/census',
      id: 'schemeCensus',
      tag,
      summary: 'How the people of the old tables are hashed, by a sample of the rows.',
      query: z.strictObject({
        sample: z.coerce.number<string>().int().min(1).max(MAX_SAMPLE).default(MAX_SAMPLE),
      }),
      response: census,
      handle: async ({ query: { sample } }) => ({ body: await work.census(sample) }),
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
