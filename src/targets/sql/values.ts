import type { Address, UserProfile } from '../../domain/user-profile.ts';
import type { ColumnKind } from './table.ts';

export type SqlValue = string | number | null;

/** What a column may take of a profile: one of its fields, or a part of one that has parts. */
export type ProfileField =
  | keyof UserProfile
  | `${'attributes' | 'address' | 'mfa' | 'app_metadata' | 'user_metadata' | 'consents'}.${string}`;

/**
 * A field as a column takes it.
 *
 * - `email_verified` and whatever is true or false: 1 or 0
 * - `updated_at`: `YYYY-MM-DD hh:mm:ss` in UTC for a date-and-time column, else seconds since 1970 as OIDC has it
 * - `birthdate`: as it is, `YYYY-MM-DD`; null in a date column where the row knows only a part of it
 * - `address`: `formatted`, or its parts as OIDC Core 5.1.1 would format them, a line each
 * - `groups`, `consents`, `attributes` and other lists and objects: JSON, its names in the order of the alphabet
 * - `attributes.tier`, `address.locality`, `mfa.totp`: that part alone; `consents.NAME`: whether it was given
 *
 * @returns null for what the profile does not have
 */
export function fieldValue(profile: UserProfile, field: ProfileField, kind: ColumnKind): SqlValue {
  const dot = field.indexOf('.');
  const name = (dot === -1 ? field : field.slice(0, dot)) as keyof UserProfile;
  const value: unknown = dot === -1 ? profile[name] : partOf(profile, name, field.slice(dot + 1));
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return field === 'updated_at' ? moment(value, kind) : value;
  if (typeof value === 'string') return isPartOfDate(field, value, kind) ? null : value;
  return field === 'address' ? formatted(value as Address) : JSON.stringify(inOrder(value));
}

function partOf(profile: UserProfile, name: keyof UserProfile, part: string): unknown {
  if (name === 'consents') return profile.consents?.find((consent) => consent.name === part)?.given;
  const whole = profile[name];
  return typeof whole === 'object' && Object.hasOwn(whole, part)
    ? (whole as Readonly<Record<string, unknown>>)[part]
    : undefined;
}

/** A database refuses `1980`, and `0000-05-17` as well. */
function isPartOfDate(field: ProfileField, value: string, kind: ColumnKind): boolean {
  return field === 'birthdate' && (kind === 'date' || kind === 'datetime') && /^(\d{4}$|0000-)/.test(value);
}

/** The same object is always the same text, so that a copy that changes nothing is seen to. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, inOrder(inner)]),
  );
}

function moment(seconds: number, kind: ColumnKind): SqlValue {
  const utc = () => new Date(seconds * 1_000).toISOString();
  if (kind === 'datetime') return utc().slice(0, 19).replace('T', ' ');
  return kind === 'date' ? utc().slice(0, 10) : seconds;
}

function formatted(address: Address): string | null {
  if (address.formatted !== undefined) return address.formatted;
  const town = [address.postal_code, address.locality].filter(Boolean).join(' ');
  const lines = [address.street_address, town, address.region, address.country].filter(Boolean);
  return lines.length === 0 ? null : lines.join('\n');
}

/** Whether the column holds this value already, whatever type the driver reads it as. */
export function isSame(current: unknown, wanted: SqlValue): boolean {
  if (current === null || current === undefined || wanted === null) return (current ?? null) === wanted;
  if (Buffer.isBuffer(current)) return isSame(fromBytes(current, typeof wanted), wanted);
  if (typeof wanted === 'number') return Number(current) === wanted;
  // A JSON column is read back as what it holds, or as text with blanks of the server's own.
  return textOf(current) === wanted || (/^[[{]/.test(wanted) && isSameJson(current, wanted));
}

const textOf = (current: unknown) =>
  typeof current === 'object' ? JSON.stringify(current) : String(current);

function isSameJson(current: unknown, wanted: string): boolean {
  try {
    const parsed: unknown = typeof current === 'object' ? current : JSON.parse(String(current));
    return JSON.stringify(inOrder(parsed)) === JSON.stringify(inOrder(JSON.parse(wanted)));
  } catch {
    return false;
  }
}

/** A binary column holds text, or, as `BIT`, a number. */
function fromBytes(bytes: Buffer, wanted: string): string | number {
  const isNumber = wanted === 'number' && bytes.length > 0 && bytes.length <= 6;
  return isNumber ? bytes.readUIntBE(0, bytes.length) : bytes.toString('utf8');
}
