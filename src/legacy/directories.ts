import type { CheckResult } from '../domain/check.ts';
import type { Credential } from '../domain/credential.ts';
import type { PersonRef } from '../domain/ids.ts';
import type { FindResult, LegacyDirectory, LegacyUser, OnLookUp } from './directory.ts';

/** All the old houses there are (customers, staff), as one door. Their names are distinct, their order is the operator's. */
export interface LegacyDirectories {
  readonly byName: ReadonlyMap<string, LegacyDirectory>;
  /**
   * The first directory, in order, that does not say `none` decides: a person whose password is then wrong is not looked
   * for further on, and neither is anybody behind a directory that is out or ambiguous, since a namesake there would be
   * let in.
   *
   * @param identifier as typed; not trimmed
   * @param onLookUp is told by each directory how its answer came about
   * @throws BridgeError `invalid_request` for what is not a string
   */
  find(identifier: string, onLookUp?: OnLookUp): Promise<FindResult>;
  /**
   * The person in their own directory, or undefined when the row is gone or the directory is not configured.
   *
   * @throws BridgeError `legacy_unavailable`
   */
  findPerson(person: PersonRef): Promise<LegacyUser | undefined>;
  /**
   * Credentials of some rows of each directory.
   *
   * @param limit for each of them
   * @throws BridgeError `legacy_unavailable` when one of them is out
   */
  sampleCredentials(limit: number): Promise<Credential[]>;
  /** @throws BridgeError `legacy_unavailable` when one of them is out */
  ping(): Promise<void>;
  /** With several directories, each finding names its own: `legacy.staff.login.email`. */
  check(): Promise<CheckResult[]>;
  close(): Promise<void>;
}
