import { z } from 'zod';

const plain = z.string().min(1).max(255);

const join = z.strictObject({
  table: plain.describe('A table or a view; `schema.table` is understood.'),
  key: plain.describe('The column of that table that says whose row it is.'),
  on: plain.optional().describe('The column of the users that `key` equals; the primary key when absent.'),
  many: z.boolean().default(false).describe('Several rows a person, for lists; else there is one or none.'),
  where: z.string().min(1).max(1_000).optional().describe('An SQL condition on the rows of that table.'),
  through: z
    .strictObject({
      table: plain,
      column: plain.describe('The column of `table` that names a row here.'),
      key: plain.default('id'),
    })
    .optional()
    .describe(
      'For a table in between, as users, user_role, roles: `table` is the one in between, and the columns are those of ' +
        'this one.',
    ),
});

/** Each is one more look-up a login, so there are few. */
export const joinsOptions = z
  .record(z.string().regex(/^[a-z][a-z0-9_]{0,30}$/, 'must be a short name in lower case'), join)
  .refine((all) => Object.keys(all).length <= 4, 'may hold at most 4 joins')
  .describe('Further tables, by a name that columns begin with: `details.phone`.');

export type JoinOptions = z.output<typeof join>;
