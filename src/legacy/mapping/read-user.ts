import type { LegacyId } from '../../domain/ids.ts';
import type { LegacyUser } from '../directory.ts';
import type { LegacyOptions } from '../options.ts';
import { keyTextOf } from './cell.ts';
import { readCredential } from './credential.ts';
import { readProfile } from './profile.ts';
import type { OnLeftOut } from './reading.ts';
import type { LegacyRow } from './row.ts';
import { readStanding } from './status.ts';

/** The row's primary key, or undefined for a row that has none: it is nobody. */
export function idOf(options: LegacyOptions, row: LegacyRow): LegacyId | undefined {
  return keyTextOf(row.values.get(options.id)) as LegacyId | undefined;
}

/**
 * The person whom a row describes, by the options' mapping.
 *
 * @param now in seconds since 1970
 */
export function readUser(
  options: LegacyOptions,
  id: LegacyId,
  row: LegacyRow,
  leftOut: OnLeftOut,
  now: number,
): LegacyUser {
  const standing = readStanding(options, row, now);
  const profile = readProfile(options, row, leftOut);
  const user = { directory: options.name, id, credential: readCredential(options, row), profile };
  if (standing.status === 'locked') {
    const { until } = standing;
    return { ...user, status: 'locked', ...(until === undefined ? {} : { lockedUntil: until }) };
  }
  if (standing.status === 'disabled' || !standing.mustChangePassword)
    return { ...user, status: standing.status };
  const { onMustChangePassword: on, changePasswordUrl: url } = options.status ?? {};
  if (on === 'refuse') {
    return {
      ...user,
      status: 'must-change-password',
      ...(url === undefined ? {} : { changePasswordUrl: url }),
    };
  }
  return { ...user, status: 'active', profile: { ...profile, password_change_required: true } };
}
