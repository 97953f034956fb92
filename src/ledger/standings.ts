import type { LegacyId, Subject } from '../domain/ids.ts';
import type { LedgerState } from './ledger.ts';

/** What the bridge knows of people, for whoever goes through a legacy directory page by page. */
export interface Standings {
  /**
   * @param subjects the `sub` of each person, in the order of `legacyIds`; at most 1,000
   * @returns by legacy id; people whom the bridge does not know are missing
   */
  of(
    target: string,
    directory: string,
    legacyIds: readonly LegacyId[],
    subjects: readonly Subject[],
  ): Promise<ReadonlyMap<string, Standing>>;
}

export interface Standing {
  /** To within a day, in milliseconds since 1970; null: not at the bridge. */
  readonly lastLoginAt: number | null;
  /** Undefined: the ledger has no row of this person at the target. */
  readonly row:
    | {
        readonly state: LedgerState;
        readonly reason: string | null;
        readonly scheme: string | null;
        /** Keyed digest of the legacy credential whose rehash is at the target; null: no password is. */
        readonly copiedFingerprint: string | null;
      }
    | undefined;
}
