import { z } from 'zod';
import { CHARSETS } from '../domain/credential.ts';
import { CLAIM_NAMES, type ClaimName } from '../domain/user-profile.ts';
import { Secret } from '../runtime/secret.ts';

const column = z.string().min(1).max(255);
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const claimSource = z.union([
  z.literal([true, false]).describe('A constant.'),
  column.describe('The name of a column.'),
  z.strictObject({
    column,
    map: z.record(z.string(), z.union([z.string(), z.boolean()])).optional(),
    format: z.enum(['date', 'timestamp']).optional(),
  }),
  z.strictObject({ value: z.union([z.string(), z.boolean()]) }).describe('A constant.'),
]);

const profile = z
  .partialRecord(z.enum(CLAIM_NAMES as [ClaimName, ...ClaimName[]]), claimSource)
  .describe('OIDC claim -> column, constant, or { column, map, format }.');

const password = z.strictObject({
  column,
  scheme: z
    .union([z.string().min(1), z.strictObject({ column, map: z.record(z.string(), z.string().min(1)) })])
    .default('auto')
    .describe(
      "`auto` (the value names its scheme), a scheme's name, a recipe such as `md5(md5($pass).$salt)`, or a column " +
        'whose values map to schemes.',
    ),
  salt: column.optional().describe('The salt column, for schemes that keep the salt apart.'),
  username: column
    .optional()
    .describe(
      'The column that the legacy app mixed into the hash, for schemes that do: `$username` of a recipe.',
    ),
  pepper: z
    .string()
    .min(1)
    .max(1024)
    .transform((pepper) => new Secret(pepper))
    .optional()
    .describe(
      "A secret of the legacy app's configuration that it mixed into every hash: `$pepper` of a recipe.",
    ),
  charset: z
    .enum(CHARSETS)
    .optional()
    .describe(
      'How the legacy app wrote passwords as bytes: `utf8` (default), `cp1252` (web pages in latin1 or windows-1252, ' +
        'as browsers send them), `latin1` (ISO 8859-1 proper), `utf16le` (Windows and .NET).',
    ),
});

const status = z.strictObject({
  active: z.union([z.string().min(1), z.array(cell).min(1)]).optional(),
  column: column.optional(),
  disabled: z.array(cell).optional(),
});

export const legacyOptions = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,60}$/)
      .default('legacy')
      .describe("Part of every person's `sub`: never change it once people have logged in."),
    kind: z.enum(['mysql', 'postgres', 'sqlite']),
    url: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1).max(10)])
      .transform((value) => (Array.isArray(value) ? value : [value]).map((url) => new Secret(url)))
      .describe(
        'An account that has SELECT alone. mysql://user:password@host/database, with ?tls=true for TLS (tls-ca=FILE ' +
          'names the CA, socket=PATH a local socket); postgres://user:password@host/database, with ' +
          '?sslmode=verify-full for TLS (sslrootcert=FILE names the CA); or sqlite:./file.sqlite. A list names servers with the same data (replicas): ' +
          'the first that answers is asked, and one that is out is passed over for ten seconds. How far a replica lags ' +
          'is up to you: until it has caught up, the old password is the one that counts.',
      ),
    table: column.describe('A table or a view; `schema.table` is understood.'),
    id: column.describe('The primary key.'),
    login: z
      .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(column).min(1).max(5))
      .describe('Columns that a person may type; tried together.'),
    match: z.enum(['exact', 'case-insensitive']).default('exact'),
    updatedAt: column.optional(),
    password,
    status: status.optional(),
    profile: profile.default({}),
    timeoutMs: z.int().min(100).max(60_000).default(5_000).describe('For one look-up, connecting included.'),
    connections: z.int().min(1).max(100).default(10),
  })
  .refine(({ kind, url }) => kind !== 'sqlite' || url.length === 1, {
    path: ['url'],
    error: 'an SQLite directory is one file',
  })
  .superRefine((value, context) => {
    const issue = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (value.status !== undefined) {
      const { active, disabled, column: statusColumn } = value.status;
      const lists = Array.isArray(active) || disabled !== undefined;
      if (lists ? statusColumn === undefined : typeof active !== 'string' || statusColumn !== undefined) {
        issue(
          ['status'],
          'give either active: "an SQL condition", or column: with active: [values] and/or disabled: [values]',
        );
      }
    }
    for (const [claim, source] of Object.entries(value.profile)) {
      const constant = typeof source === 'object' && 'value' in source ? source.value : source;
      if (typeof constant === 'boolean' && !claim.endsWith('_verified')) {
        issue(['profile', claim], 'only email_verified and phone_number_verified may be true or false');
      }
    }
  });

export type LegacyOptions = z.output<typeof legacyOptions>;

/** One directory, or several: what comes out is always a list, with distinct names. */
export const legacyDirectories = z
  .union([legacyOptions, z.array(legacyOptions).min(1).max(20)], {
    error: 'must be the old user table, or a list of such',
  })
  .transform((value) => (Array.isArray(value) ? value : [value]))
  .describe(
    'The old user table, or a list of them (customers, staff) that are asked in order: the first that knows the name ' +
      'decides. In a list, each has a `name` of its own.',
  );
