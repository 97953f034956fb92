import { z } from 'zod';
import { CLAIM_NAMES, type ClaimName } from '../../domain/user-profile.ts';
import { Secret } from '../../runtime/secret.ts';

const column = z.string().min(1).max(255);

const shape = z.strictObject({
  kind: z.literal('sql'),
  url: z
    .string()
    .regex(/^(mysql|mariadb|sqlite):./, 'must begin with mysql: or sqlite:')
    .transform((url) => new Secret(url))
    .describe('mysql://user:password@host/database or sqlite:./file.sqlite'),
  table: column,
  externalId: column.describe('The column that keeps the person’s `sub`; it needs a unique index.'),
  password: z
    .strictObject({ column, hash: z.literal('argon2id').default('argon2id') })
    .optional()
    .describe('Where the rehash goes; without it only the profile is copied.'),
  columns: z
    .record(column, z.enum(CLAIM_NAMES as [ClaimName, ...ClaimName[]]))
    .describe('column -> OIDC claim'),
  ratePerSecond: z.number().positive().max(10_000).optional().describe('One limit over all instances.'),
  timeoutMs: z.int().min(100).max(60_000).default(10_000),
});

export const sqlTargetOptions = shape.superRefine(({ externalId, password, columns }, context) => {
  for (const column of [externalId, password?.column]) {
    if (column === undefined || !(column in columns)) continue;
    const message = 'is the column of externalId or password already';
    context.addIssue({ code: 'custom', path: ['columns', column], message });
  }
});

export type SqlTargetOptions = z.output<typeof sqlTargetOptions>;
