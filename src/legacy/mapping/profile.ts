import { textOf } from '../../domain/cell.ts';
import type { ClaimName, JsonObject, UserProfile } from '../../domain/user-profile.ts';
import type { LegacyOptions } from '../options.ts';
import { readAddress } from './address.ts';
import { readAttributes } from './attributes.ts';
import { isJsonObject, parseBoundedJson } from './bounded-json.ts';
import { maxLengthOf } from './bounds.ts';
import { isoDateOf } from './calendar-dates.ts';
import { readConsents } from './consents.ts';
import { flagOf } from './flags.ts';
import { localeOf, zoneOf } from './language.ts';
import { listOf } from './lists.ts';
import type { LeftOut, OnLeftOut, Reading } from './reading.ts';
import type { LegacyRow } from './row.ts';
import type { ClaimSource } from './source-options.ts';
import { cellIn, cellOf, dressOf, formatOf, momentOfSource, textOfSource } from './sources.ts';
import { telephoneOf } from './telephone.ts';
import { saysYes } from './truth.ts';

const TEXTS = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'email',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'phone_number',
] as const satisfies readonly ClaimName[];

type TextClaim = (typeof TEXTS)[number];
type Writable<Of> = { -readonly [Name in keyof Of]: Of[Name] };

/** The claims that are not whatever stands in the column: how each is read, and what it is called that is none. */
const READERS: Partial<Record<TextClaim, Reader>> = {
  birthdate: {
    why: 'no date',
    read: (text, reading, source) => isoDateOf(text, dressOf(reading, source)),
  },
  zoneinfo: { why: 'no time zone', read: zoneOf },
  locale: { why: 'no locale', read: localeOf },
  phone_number: {
    why: 'no telephone number',
    read: (text, { options }, source) =>
      telephoneOf(
        text,
        (typeof source === 'object' && 'column' in source && source.country) || options.country,
      ),
  },
};

interface Reader {
  readonly why: LeftOut;
  read(text: string, reading: Reading, source: ClaimSource): string | undefined;
}

/** What a row gives by the options' mapping. Absent is absent: never null, never empty. */
export function readProfile(options: LegacyOptions, row: LegacyRow, leftOut: OnLeftOut): UserProfile {
  const reading: Reading = { options, row, leftOut };
  const { profile: sources } = options;
  const claims: Writable<UserProfile> = {};
  for (const claim of TEXTS) {
    const value = textClaim(reading, claim, sources[claim]);
    if (value !== undefined) claims[claim] = value;
  }
  const composed = [claims.given_name, claims.family_name].filter((part) => part !== undefined).join(' ');
  if (sources.name === undefined && composed !== '') claims.name = composed;

  // Who has no address has none that is verified.
  if (claims.email !== undefined) claims.email_verified = isVerified(reading, sources.email_verified);
  if (claims.phone_number !== undefined) {
    claims.phone_number_verified = isVerified(reading, sources.phone_number_verified);
  }
  return withoutAbsent({
    ...claims,
    address: readAddress(reading, sources.address),
    updated_at: momentOfSource(reading, sources.updated_at ?? options.updatedAt),
    groups: wordsOfClaim(reading, 'groups'),
    roles: wordsOfClaim(reading, 'roles'),
    attributes: readAttributes(reading),
    consents: readConsents(reading),
    app_metadata: metadataOf(reading, 'app_metadata', options.appMetadata),
    user_metadata: metadataOf(reading, 'user_metadata', options.userMetadata),
    mfa: readFactors(reading),
  });
}

function textClaim(reading: Reading, claim: TextClaim, source: ClaimSource | undefined): string | undefined {
  const reader = READERS[claim];
  const declared = claim === 'birthdate' && formatOf(source) !== undefined;
  // A date in a declared dress is read from the column itself.
  const text = declared ? blankless(textOf(cellOf(reading, source))) : textOfSource(reading, source);
  if (text === undefined || source === undefined) return undefined;
  if (text.length > maxLengthOf(claim)) {
    reading.leftOut(claim, 'too long');
    return undefined;
  }
  if (reader === undefined) return text;
  const value = reader.read(text, reading, source);
  // A zero date is how MySQL says that there is none.
  if (value === undefined && !/^0000-00-00/.test(text)) reading.leftOut(claim, reader.why);
  return value;
}

const blankless = (text: string | undefined) => (text === undefined || text.trim() === '' ? undefined : text);

/** Strictly boolean, and true only where a column or an explicit constant says so. */
function isVerified(reading: Reading, source: ClaimSource | undefined): boolean {
  if (formatOf(source) !== undefined) return momentOfSource(reading, source) !== undefined;
  const lists = typeof source === 'object' && 'column' in source && source.map === undefined ? source : {};
  return saysYes(cellOf(reading, source), lists);
}

function wordsOfClaim(reading: Reading, claim: 'groups' | 'roles'): readonly string[] | undefined {
  const source = reading.options.profile[claim];
  return source === undefined ? undefined : listOf(reading, claim, source);
}

function metadataOf(reading: Reading, claim: string, column: string | undefined): JsonObject | undefined {
  const text = column === undefined ? undefined : textOf(cellIn(reading, column))?.trim();
  if (text === undefined || text === '' || text === 'null') return undefined;
  const value = parseBoundedJson(text);
  if (isJsonObject(value)) return Object.keys(value).length === 0 ? undefined : value;
  // PHP writes an empty object as an empty list.
  if (!(Array.isArray(value) && value.length === 0)) reading.leftOut(claim, 'no JSON object');
  return undefined;
}

function readFactors(reading: Reading): Readonly<Record<string, boolean>> | undefined {
  const { mfa } = reading.options;
  if (mfa === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(mfa).map(([factor, source]) => [factor, flagOf(reading, source) === 'yes']),
  );
}

function withoutAbsent(profile: { [Name in keyof UserProfile]: UserProfile[Name] | undefined }): UserProfile {
  return Object.fromEntries(
    Object.entries(profile).filter(([, value]) => value !== undefined),
  ) as UserProfile;
}
