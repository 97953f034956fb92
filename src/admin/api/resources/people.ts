import { z } from 'zod';
import type { StewardsDesk } from '../../desk.ts';
import { createPeopleWork, type PersonQuery } from '../../work/people.ts';
import { InvalidInput } from '../problem.ts';
import { type Route, route } from '../route.ts';
import {
  auditLine,
  directoryName,
  ledgerEntry,
  legacyId,
  moment,
  reason,
  subject,
  targetName,
} from './views.ts';

const tag = 'People';

const person = z
  .object({ directory: z.string(), legacyId: z.string(), sub: z.string() })
  .meta({ id: 'Person' });

const personView = person
  .extend({
    legacy: z
      .object({
        status: z.enum(['active', 'disabled', 'locked', 'must-change-password']),
        lockedUntil: moment.optional(),
        profile: z.record(z.string(), z.unknown()).describe('The row as it is mapped.'),
        password: z.object({
          kind: z.enum(['scheme', 'damaged', 'ambiguous', 'empty', 'unknown']),
          scheme: z.string().optional(),
          judgement: z.object({ strength: z.string(), reason: z.string().optional() }).optional(),
          unverifiable: z.string().optional().describe('Why no password can be right.'),
        }),
      })
      .optional()
      .describe('Absent: the row is gone.'),
    targets: z.array(
      ledgerEntry.extend({
        why: z.string().describe('Why the person is where they are.'),
        remedy: z.string().describe('What to do about it.'),
      }),
    ),
    lastLoginAt: moment.nullable().describe('To a day; null: no login was seen.'),
    history: z.array(auditLine).describe('What was done about this person, newest first.'),
  })
  .meta({ id: 'PersonAtAllTargets' });

const search = z.strictObject({
  login: z.string().min(1).max(320).optional().describe('As typed at the login page; asks the old table.'),
  legacyId: legacyId.optional(),
  sub: subject.optional(),
});

const params = z.object({ directory: directoryName, legacyId });
const atTarget = z.strictObject({ target: targetName });
const withReason = z.strictObject({ target: targetName, reason });

export function peopleRoutes(desk: StewardsDesk): Route[] {
  const work = createPeopleWork(desk);
  return [
    route({
      method: 'GET',
      path: '/people',
      id: 'findPeople',
      tag,
      summary: 'People by login name, legacy id or sub; several where a name is ambiguous.',
      query: search,
      response: z.object({ items: z.array(person) }),
      handle: async ({ query }) => ({ body: { items: await work.search(onlyOne(query)) } }),
    }),
    route({
      method: 'GET',
      path: '/people/{directory}/{legacyId}',
      id: 'showPerson',
      tag,
      summary: 'One person: the row as mapped, the state at every target, the history.',
      params,
      response: personView,
      async handle({ params: { directory, legacyId } }) {
        const { legacy, ...found } = await work.show(directory, legacyId);
        return { body: { ...found, legacy: legacy && { ...legacy, profile: { ...legacy.profile } } } };
      },
    }),
    route({
      method: 'POST',
      path: '/people/{directory}/{legacyId}/retry',
      id: 'retryPerson',
      tag,
      summary: 'Has what failed tried again at once, at one target or at all.',
      params,
      body: z.strictObject({ target: targetName.optional() }),
      response: z.object({ rows: z.int() }),
      handle: async ({ params: { directory, legacyId }, body, caller }) => ({
        body: await work.retry(directory, legacyId, body.target, caller.actor),
      }),
    }),
    route({
      method: 'POST',
      path: '/people/{directory}/{legacyId}/copy',
      id: 'copyPersonNow',
      tag,
      summary: 'Puts what waits before everybody else; where nothing does, has the profile alone copied.',
      params,
      body: atTarget,
      response: z.object({ what: z.enum(['hurried', 'entered']), sentence: z.string() }),
      handle: async ({ params: { directory, legacyId }, body, caller }) => ({
        body: await work.copyNow(directory, legacyId, body.target, caller.actor),
      }),
    }),
    route({
      method: 'POST',
      path: '/people/{directory}/{legacyId}/revoke',
      id: 'revokePersonSessions',
      tag,
      summary:
        'Ends the person’s sessions, grants and tokens at the bridge; the clients’ own sessions go on.',
      params,
      response: z.object({ sessions: z.int(), grants: z.int() }),
      handle: async ({ params: { directory, legacyId }, caller }) => ({
        body: await work.revoke(directory, legacyId, caller.actor),
      }),
    }),
    route({
      method: 'POST',
      path: '/people/{directory}/{legacyId}/park',
      id: 'parkPerson',
      tag,
      summary: 'Holds the person back until a retry or the next changed login.',
      params,
      body: withReason,
      async handle({ params: { directory, legacyId }, body, caller }) {
        await work.park(directory, legacyId, body.target, body.reason, caller.actor);
        return { body: undefined };
      },
    }),
    route({
      method: 'POST',
      path: '/people/{directory}/{legacyId}/exclude',
      id: 'excludePerson',
      tag,
      summary: 'Never copies the person to the target, whether captured or not; undone by forget.',
      params,
      body: withReason,
      async handle({ params: { directory, legacyId }, body, caller }) {
        await work.exclude(directory, legacyId, body.target, body.reason, caller.actor);
        return { body: undefined };
      },
    }),
    route({
      method: 'POST',
      path: '/people/{directory}/{legacyId}/forget',
      id: 'forgetPerson',
      tag,
      summary: 'Removes what the ledger knows; the next login begins anew; nothing changes at the target.',
      params,
      body: atTarget,
      async handle({ params: { directory, legacyId }, body, caller }) {
        await work.forget(directory, legacyId, body.target, caller.actor);
        return { body: undefined };
      },
    }),
  ];
}

function onlyOne({ login, legacyId, sub }: z.output<typeof search>): PersonQuery {
  const given: PersonQuery[] = [
    ...(login === undefined ? [] : [{ login }]),
    ...(legacyId === undefined ? [] : [{ legacyId }]),
    ...(sub === undefined ? [] : [{ sub }]),
  ];
  const [query, ...more] = given;
  if (query !== undefined && more.length === 0) return query;
  throw new InvalidInput([{ in: 'query', path: '', message: 'give one of login, legacyId and sub' }]);
}
