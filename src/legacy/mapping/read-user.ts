import type { LegacyId } from '../../domain/ids.ts';
import type { LegacyUser } from '../directory.ts';
import type { LegacyOptions } from '../options.ts';
import { keyTextOf } from './cell.ts';
import { readCredential } from './credential.ts';
import { type OnTooLong, readProfile } from './profile.ts';
import type { LegacyRow } from './row.ts';
import { readStatus } from './status.ts';

/** The row's primary key, or undefined for a row that has none: it is nobody. */
export function idOf(options: LegacyOptions, row: LegacyRow): LegacyId | undefined {
  return keyTextOf(row.values.get(options.id)) as LegacyId | undefined;
}

/** The person whom a row describes, by the options' mapping. */
export function readUser(
  options: LegacyOptions,
  id: LegacyId,
  row: LegacyRow,
  onTooLong: OnTooLong,
): LegacyUser {
  return {
    directory: options.name,
    id,
    status: readStatus(options, row),
    credential: readCredential(options, row),
    profile: readProfile(options, row, onTooLong),
  };
}
