import type { Address, ClaimName, UserProfile } from '../../domain/user-profile.ts';
import type { ColumnKind } from './table.ts';

export type SqlValue = string | number | null;

/**
 * A claim as a column takes it.
 *
 * - `email_verified`, `phone_number_verified`: 1 or 0
 * - `updated_at`: `YYYY-MM-DD hh:mm:ss` in UTC for a date-and-time column, else seconds since 1970 as OIDC has it
 * - `birthdate`: as it is, `YYYY-MM-DD`
 * - `address`: `formatted`, or its parts as OIDC Core 5.1.1 would format them, a line each
 *
 * @returns null for a claim that the profile does not have
 */
export function claimValue(profile: UserProfile, claim: ClaimName, kind: ColumnKind): SqlValue {
  const value = profile[claim];
  if (value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return moment(value, kind);
  return typeof value === 'object' ? formatted(value) : value;
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
  return typeof wanted === 'number' ? Number(current) === wanted : String(current) === wanted;
}

/** A binary column holds text, or, as `BIT`, a number. */
function fromBytes(bytes: Buffer, wanted: string): string | number {
  const isNumber = wanted === 'number' && bytes.length > 0 && bytes.length <= 6;
  return isNumber ? bytes.readUIntBE(0, bytes.length) : bytes.toString('utf8');
}
