import { z } from 'zod';
import { CLAIM_NAMES, OWN_FIELDS } from '../../domain/user-profile.ts';
import { Secret } from '../../runtime/secret.ts';
import { LEGACY_ENCODINGS } from '../target.ts';
import type { ProfileField } from './values.ts';

const column = z.string().min(1).max(255);

const columnValue = z.union([z.string().max(255), z.number(), z.null()]);

const FIELDS = [...CLAIM_NAMES, ...OWN_FIELDS, 'attributes'] as const;

/** Part of what is an object: `attributes.tier`, `address.locality`, `mfa.totp`, `app_metadata.plan`. */
const PART = /^(attributes|address|mfa|app_metadata|user_metadata|consents)\.[^\s].{0,254}$/;

const field = z.union([
  z.enum(FIELDS as unknown as [ProfileField, ...ProfileField[]]),
  z
    .string()
    .regex(
      PART,
      'must be an OIDC claim, groups, roles, consents, mfa, attributes, app_metadata, user_metadata, ' +
        'password_change_required, or a part such as attributes.NAME',
    )
    .transform((text) => text as ProfileField),
]);

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
    .strictObject({
      column,
      hash: z.literal('argon2id').default('argon2id'),
      legacyHashes: z
        .array(z.enum(LEGACY_ENCODINGS))
        .default([])
        .describe(
          'Legacy hashes that the new platform verifies itself: "footbridge backfill --with-hashes" copies them as they are, and "footbridge sync" those that change after the copy.',
        ),
      allowWeaker: z
        .boolean()
        .default(false)
        .describe('An explicit yes to legacy hashes that cost less than bcrypt 10 or argon2id 19 MiB/2.'),
    })
    .optional()
    .describe('Where the rehash goes; without it only the profile is copied.'),
  disable: z
    .strictObject({ column, disabled: columnValue, enabled: columnValue })
    .optional()
    .describe('What locks somebody out at the new platform: this column, set to `disabled`.'),
  allowDelete: z
    .boolean()
    .default(false)
    .describe('Whether a row may be deleted; the account needs DELETE for it.'),
  columns: z
    .record(column, field)
    .describe('column -> OIDC claim, groups, attributes.NAME and so on; see docs/reference/mapping.md'),
  ratePerSecond: z.number().positive().max(10_000).optional().describe('One limit over all instances.'),
  timeoutMs: z.int().min(100).max(60_000).default(10_000),
});

export const sqlTargetOptions = shape.superRefine(({ externalId, password, disable, columns }, context) => {
  for (const column of [externalId, password?.column, disable?.column]) {
    if (column === undefined || !(column in columns)) continue;
    const message = 'is the column of externalId, password or disable already';
    context.addIssue({ code: 'custom', path: ['columns', column], message });
  }
});

export type SqlTargetOptions = z.output<typeof sqlTargetOptions>;
