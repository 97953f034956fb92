import { z } from 'zod';
import { OWN_FIELDS, type UserProfile } from '../../domain/user-profile.ts';
import { boundedJson } from '../mapping/bounded-json.ts';
import { MAX_ATTRIBUTES_TEXT, MAX_LIST, MAX_TEXT, maxLengthOf } from '../mapping/bounds.ts';
import { TAKEN_CLAIMS } from '../mapping/mapping-problems.ts';

const MAX_SENTENCE = 500;

const text = z.string().min(1).max(MAX_TEXT);
const long = z.string().min(1).max(maxLengthOf('picture'));
const words = z.array(text).max(MAX_LIST);
const seconds = z.int().min(1);
const metadata = z
  .record(z.string(), z.unknown())
  .refine((value) => boundedJson(value) !== undefined, 'is too large or no JSON');

/** What a `profile` hook may return: the same bounds that hold for a row. */
const profile = z.strictObject({
  name: text.optional(),
  given_name: text.optional(),
  family_name: text.optional(),
  middle_name: text.optional(),
  nickname: text.optional(),
  preferred_username: text.optional(),
  profile: long.optional(),
  picture: long.optional(),
  website: long.optional(),
  email: text.optional(),
  email_verified: z.boolean().optional(),
  gender: text.optional(),
  birthdate: z
    .string()
    .regex(/^\d{4}(-\d{2}-\d{2})?$/)
    .optional(),
  zoneinfo: text.optional(),
  locale: text.optional(),
  phone_number: text.optional(),
  phone_number_verified: z.boolean().optional(),
  address: z
    .strictObject({
      formatted: long.optional(),
      street_address: long.optional(),
      locality: long.optional(),
      region: long.optional(),
      postal_code: long.optional(),
      country: long.optional(),
    })
    .optional(),
  updated_at: seconds.optional(),
  groups: words.optional(),
  roles: words.optional(),
  attributes: z
    .record(z.string(), z.union([z.string().max(MAX_TEXT), z.number(), z.boolean(), words]))
    .refine((value) => JSON.stringify(value).length <= MAX_ATTRIBUTES_TEXT, 'is too large')
    .optional(),
  consents: z
    .array(
      z.strictObject({
        name: text,
        given: z.boolean(),
        at: seconds.optional(),
        version: text.optional(),
        source: text.optional(),
      }),
    )
    .max(50)
    .optional(),
  app_metadata: metadata.optional(),
  user_metadata: metadata.optional(),
  mfa: z.record(z.string().max(40), z.boolean()).optional(),
  password_change_required: z.literal(true).optional(),
});

/**
 * What a `profile` hook returned, without what is undefined.
 *
 * @param attributes the names that the configuration or the hooks declare
 * @returns the names of the claims that are not what they should be, where there are any
 */
export function checkProfile(
  returned: unknown,
  attributes: ReadonlySet<string>,
): { readonly profile: UserProfile } | { readonly wrong: string } {
  const result = profile.safeParse(returned);
  if (!result.success) {
    // Of an issue only its place is told: a message could quote what was returned.
    const places = result.error.issues.map(({ path, code }) =>
      path.length === 0 ? code : path.slice(0, 1).join(''),
    );
    return {
      wrong: [...new Set(places)].filter((place) => place in profile.shape).join(', ') || 'not a profile',
    };
  }
  const undeclared = Object.keys(result.data.attributes ?? {}).some((name) => !attributes.has(name));
  if (undeclared) return { wrong: 'attributes that neither the configuration nor the hooks declare' };
  const entries = Object.entries(result.data).filter(([, value]) => value !== undefined);
  return { profile: Object.fromEntries(entries) as UserProfile };
}

export const verdict = z.strictObject({ refuse: z.string().min(1).max(MAX_SENTENCE) }).optional();

const aFunction = z.custom<(...parameters: never[]) => unknown>((value) => typeof value === 'function');

/** What a hooks file must export by default. */
export const hooksShape = z.strictObject({
  attributes: z
    .record(
      z
        .string()
        .regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/)
        .refine((name) => !TAKEN_CLAIMS.includes(name) && !(OWN_FIELDS as readonly string[]).includes(name)),
      z.strictObject({ scope: z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,60}$/) }),
    )
    .optional(),
  profile: aFunction.optional(),
  login: aFunction.optional(),
});
