import { z } from 'zod';
import { CLAIM_NAMES, type ClaimName } from '../../domain/user-profile.ts';
import { claimSource, column, flagSource, listSource, timeZone } from './source-options.ts';

const addressParts = z
  .strictObject({
    formatted: claimSource.optional(),
    street_address: claimSource.optional(),
    locality: claimSource.optional(),
    region: claimSource.optional(),
    postal_code: claimSource.optional(),
    country: claimSource.optional(),
  })
  .describe('The parts of an address; `formatted` is composed of them where it is not mapped.');

const sourced = z.partialRecord(
  z.enum(CLAIM_NAMES.filter((claim) => claim !== 'address') as [ClaimName, ...ClaimName[]]),
  claimSource,
);

export const profileOptions = z
  .strictObject({
    ...Object.fromEntries(CLAIM_NAMES.map((claim) => [claim, claimSource.optional()])),
    address: z.union([claimSource, addressParts]).optional(),
    groups: listSource.optional(),
    roles: listSource.optional(),
  })
  .transform((profile) => profile as ProfileOptions)
  .describe('OIDC claim -> column, constant, or { column, map, format }; also `groups` and `roles`.');

export type ProfileOptions = z.output<typeof sourced> & {
  readonly address?: z.output<typeof claimSource> | z.output<typeof addressParts>;
  readonly groups?: z.output<typeof listSource>;
  readonly roles?: z.output<typeof listSource>;
};

/** RFC 6749, section 3.3. */
const scope = z
  .string()
  .regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,60}$/, 'must be one word of visible ASCII characters')
  .refine((name) => !RESERVED_SCOPES.includes(name), 'is a scope of OIDC itself; choose another');

const RESERVED_SCOPES = ['openid', 'offline_access', 'profile', 'email', 'phone', 'address'];

const attribute = z.union([
  column,
  z.strictObject({
    column,
    type: z.enum(['text', 'number', 'boolean', 'list', 'date', 'timestamp']).default('text'),
    scope: scope.optional().describe('The scope that asks for it; that of `attributes` when absent.'),
    map: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])).optional(),
    list: z.enum(['comma', 'space', 'lines', 'json', 'php']).default('comma'),
    format: z.string().min(1).max(40).optional(),
    timeZone: timeZone.optional(),
    yes: z
      .array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .min(1)
      .optional(),
    no: z
      .array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .min(1)
      .optional(),
  }),
  z.strictObject({
    value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).max(50)]),
    scope: scope.optional(),
  }),
]);

export type AttributeSource = z.output<typeof attribute>;

export const attributesOptions = z
  .strictObject({
    namespace: z
      .string()
      .max(200)
      .default('')
      .describe('Put before the name of each attribute in claims, e.g. https://example.com/claims/'),
    scope: scope.default('attributes').describe('The scope by which a relying party asks for them.'),
    map: z
      .record(
        z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,62}$/, 'must be a name of up to 63 characters'),
        attribute,
      )
      .refine((all) => Object.keys(all).length <= 50, 'may hold at most 50 attributes')
      .default({}),
  })
  .describe('What OIDC has no claim for, by names of your own.');

const consent = z.strictObject({
  name: z.string().min(1).max(100),
  given: flagSource,
  at: column.optional().describe('When it was given or withdrawn.'),
  version: claimSource.optional(),
  source: claimSource.optional(),
});

export const consentsOptions = z.array(consent).max(20).describe('What people agreed to; scope `consents`.');

export const mfaOptions = z
  .record(z.string().regex(/^[a-z][a-z0-9_]{0,30}$/), flagSource)
  .refine((all) => Object.keys(all).length <= 10, 'may hold at most 10 factors')
  .describe(
    'Which second factors a person has: totp: { column: totp_secret, present: true }. Scope `mfa`. Secrets are not read.',
  );

/** Whether an address is given in its parts. */
export function isParts(from: unknown): from is Record<string, unknown> {
  return (
    typeof from === 'object' && from !== null && !['column', 'columns', 'value'].some((key) => key in from)
  );
}
