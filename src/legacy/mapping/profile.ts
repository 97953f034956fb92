import type { ClaimName, UserProfile } from '../../domain/user-profile.ts';
import type { LegacyOptions } from '../options.ts';
import { maxLengthOf } from './bounds.ts';
import { type Cell, textOf } from './cell.ts';
import { dateOf, secondsOf } from './moments.ts';
import type { LegacyRow } from './row.ts';
import { saysYes } from './truth.ts';

type ClaimSource = LegacyOptions['profile'][ClaimName];
type TextClaim = Exclude<
  ClaimName,
  'email_verified' | 'phone_number_verified' | 'updated_at' | 'address' | 'birthdate'
>;
type Verified = 'email_verified' | 'phone_number_verified';

const NOT_TEXT: readonly string[] = [
  'email_verified',
  'phone_number_verified',
  'updated_at',
  'address',
  'birthdate',
];

/** Called with the claim whose value was longer than its bound and was left out. */
export type OnTooLong = (claim: ClaimName) => void;

/** The standard claims that a row gives by the options' mapping. Absent is absent: never null, never empty. */
export function readProfile(options: LegacyOptions, row: LegacyRow, onTooLong: OnTooLong): UserProfile {
  const { profile: sources } = options;
  const text = (claim: ClaimName) => {
    const value = textOfSource(sources[claim], row);
    if (value === undefined || value.trim() === '') return undefined;
    if (value.length <= maxLengthOf(claim)) return value;
    onTooLong(claim);
    return undefined;
  };
  const claims: { -readonly [Claim in keyof UserProfile]: UserProfile[Claim] } = {};
  for (const claim of Object.keys(sources) as ClaimName[]) {
    const value = NOT_TEXT.includes(claim) ? undefined : text(claim);
    if (value !== undefined) claims[claim as TextClaim] = value;
  }
  const composed = [claims.given_name, claims.family_name].filter((part) => part !== undefined).join(' ');
  if (sources.name === undefined && composed !== '') claims.name = composed;

  // Who has no address has none that is verified.
  for (const claim of ['email', 'phone_number'] as const) {
    const verified: Verified = `${claim}_verified`;
    if (claims[claim] !== undefined) claims[verified] = isVerified(sources[verified], row);
  }
  const birthdate = dateOf(cellOf(sources.birthdate, row));
  if (birthdate !== undefined) claims.birthdate = birthdate;
  const formatted = text('address');
  if (formatted !== undefined) claims.address = { formatted };
  const updatedAt = secondsOf(momentOf(sources.updated_at ?? options.updatedAt, row));
  if (updatedAt !== undefined) claims.updated_at = updatedAt;
  return claims as UserProfile;
}

/** Strictly boolean, and true only where a column or an explicit constant says so. */
function isVerified(source: ClaimSource, row: LegacyRow): boolean {
  if (formatOf(source) === 'timestamp') return secondsOf(momentOf(source, row)) !== undefined;
  return saysYes(cellOf(source, row));
}

function textOfSource(source: ClaimSource, row: LegacyRow): string | undefined {
  if (formatOf(source) === 'date') return dateOf(cellOf(source, row));
  if (formatOf(source) === 'timestamp') return secondsOf(momentOf(source, row))?.toString();
  const cell = cellOf(source, row);
  // `true` is no text; the options refuse it as a constant, a map may still say it.
  return typeof cell === 'boolean' ? undefined : textOf(cell);
}

function formatOf(source: ClaimSource): 'date' | 'timestamp' | undefined {
  return typeof source === 'object' && 'column' in source ? source.format : undefined;
}

/** What the source says of this row, through its map where it has one; a value that the map lacks says nothing. */
function cellOf(source: ClaimSource, row: LegacyRow): Cell | undefined {
  if (source === undefined || typeof source === 'boolean') return source;
  if (typeof source === 'string') return row.values.get(source);
  if ('value' in source) return source.value;
  const cell = row.values.get(source.column);
  if (source.map === undefined) return cell;
  const value = textOf(cell);
  return value !== undefined && Object.hasOwn(source.map, value) ? source.map[value] : undefined;
}

function momentOf(source: ClaimSource, row: LegacyRow): Cell | undefined {
  if (typeof source === 'string') return row.moments.get(source);
  if (typeof source === 'object' && 'column' in source && source.map === undefined) {
    return row.moments.get(source.column);
  }
  return cellOf(source, row);
}
