import { z } from 'zod';
import type { StewardsDesk } from '../../desk.ts';
import { createPasswordWork } from '../../work/passwords.ts';
import { type Route, route } from '../route.ts';

/** UTF-16 units; the bytes are counted where they are hashed. */
const LONGEST = 65_536;

const password = z
  .string()
  .min(1)
  .max(LONGEST)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'must be text without NUL')
  .describe('As it was typed: not trimmed, not normalised.');

const target = z
  .string()
  .min(1)
  .optional()
  .describe('Where the password was changed: there it is no drift. All targets when absent.');

const body = z
  .strictObject({
    sub: z.string().min(1).max(255).optional().describe('The person by their `sub`.'),
    directory: z.string().min(1).max(61).optional(),
    legacyId: z
      .string()
      .min(1)
      .max(255)
      .optional()
      .describe('With `directory`: the person by their legacy key.'),
    password,
    target,
  })
  .refine(
    ({ sub, directory, legacyId }) =>
      sub === undefined
        ? directory !== undefined && legacyId !== undefined
        : (directory ?? legacyId) === undefined,
    'name the person by sub, or by directory and legacyId',
  );

export function passwordRoutes(desk: StewardsDesk): Route[] {
  const work = createPasswordWork(desk);
  return [
    route({
      method: 'POST',
      path: '/passwords',
      id: 'writePassword',
      tag: 'Passwords',
      summary:
        'Writes a password that was changed on the new platform to the legacy column, in the legacy scheme.',
      scope: 'passwords:write',
      // An answer that is kept would be kept beside a digest of the password; writing it twice does no harm.
      unkept: true,
      body,
      response: z.object({ written: z.literal(true), sub: z.string(), scheme: z.string() }),
      async handle({ body: { sub, directory = '', legacyId = '', ...rest }, caller }) {
        const whose = sub === undefined ? { directory, legacyId } : { sub };
        return {
          body: await work.write({ whose, password: rest.password, target: rest.target }, caller.actor),
        };
      },
    }),
  ];
}
