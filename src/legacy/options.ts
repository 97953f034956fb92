import { z } from 'zod';
import { CHARSETS } from '../domain/credential.ts';
import { Secret } from '../runtime/secret.ts';
import { joinsOptions } from './mapping/join-options.ts';
import { mappingProblems } from './mapping/mapping-problems.ts';
import { attributesOptions, consentsOptions, mfaOptions, profileOptions } from './mapping/profile-options.ts';
import { column, country, timeZone } from './mapping/source-options.ts';
import { statusOptions } from './mapping/status-options.ts';

const schemes = z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(5)]);

const password = z.strictObject({
  column,
  scheme: z
    .union([...schemes.options, z.strictObject({ column, map: z.record(z.string(), schemes) })])
    .default('auto')
    .describe(
      "`auto` (the value names its scheme), a scheme's name, a recipe such as `md5(md5($pass).$salt)`, a list of them " +
        'for a table with several generations of passwords (the first that reads a row decides: ' +
        '`[auto, md5($salt.$pass)]`), or a column whose values map to schemes.',
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
    where: z
      .string()
      .min(1)
      .max(1_000)
      .optional()
      .describe(
        'An SQL condition of yours: the rows that are people of this directory. All others are nobody: guests, other ' +
          'sites, the further languages of one person.',
      ),
    login: z
      .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(column).min(1).max(5))
      .describe('Columns that a person may type; tried together.'),
    match: z.enum(['exact', 'case-insensitive']).default('exact'),
    updatedAt: column.optional(),
    password,
    status: statusOptions.optional(),
    profile: profileOptions.prefault({}),
    attributes: attributesOptions.optional(),
    consents: consentsOptions.optional(),
    mfa: mfaOptions.optional(),
    appMetadata: column
      .optional()
      .describe('A column of JSON: what the legacy app kept. Scope `app_metadata`.'),
    userMetadata: column
      .optional()
      .describe('A column of JSON: what the person chose. Scope `user_metadata`.'),
    joins: joinsOptions.default({}),
    nullWords: z
      .array(z.string().max(60))
      .max(50)
      .default([])
      .describe(
        'Words that mean nothing, such as NULL, n/a or -. Blank texts and zero dates mean nothing anyway.',
      ),
    timeZone: timeZone.optional(),
    country: country.optional(),
    hooks: z
      .string()
      .min(1)
      .optional()
      .describe(
        'A TypeScript or JavaScript module; relative to the configuration file. See docs/reference/mapping.md.',
      ),
    hookTimeoutMs: z.int().min(10).max(30_000).default(2_000),
    timeoutMs: z.int().min(100).max(60_000).default(5_000).describe('For one look-up, connecting included.'),
    connections: z.int().min(1).max(100).default(10),
  })
  .refine(({ kind, url }) => kind !== 'sqlite' || url.length === 1, {
    path: ['url'],
    error: 'an SQLite directory is one file',
  })
  .superRefine((value, context) => {
    for (const { path, message } of mappingProblems(value)) {
      context.addIssue({ code: 'custom', path: [...path], message });
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
