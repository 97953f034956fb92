import type { PersonRef } from '../domain/ids.ts';
import type { CaptureKey } from './ledger.ts';

/** What shadow has seen: who could not be copied and why, and how rehashes fared. Never a password or a hash. */
export interface ShadowRecords {
  /** Whether this very login was seen before and nothing was found wrong with it. */
  isKnownClean(key: CaptureKey): Promise<boolean>;
  /** Writes what a login came to in place of what was known of the person. */
  record(sighting: ShadowSighting): Promise<void>;
  /** Counts one rehash that was tried, under every trait that the password has. */
  tally(target: string, scheme: string, traits: readonly PasswordTrait[], matched: boolean): Promise<void>;
  report(target: string): Promise<ShadowReport>;
  /** Forgets what was seen for a target, so that shadow begins anew; one audited write. */
  clear(target: string, actor: string): Promise<void>;
}

/** `conflict`: somebody at the target is in the way; `rejected`: its rules; `lossy`: the scheme reads only a part. */
export type ShadowProblem = 'conflict' | 'rejected' | 'mismatch' | 'lossy';

export interface ShadowSighting extends CaptureKey {
  readonly clientId: string;
  readonly problem: ShadowProblem | undefined;
  /** A sentence without the person's values. */
  readonly reason: string | undefined;
}

/** What passwords can have in common that breaks them on the way. */
export const PASSWORD_TRAITS = ['any', 'non-ascii', 'over-72-bytes', 'outer-blanks'] as const;
export type PasswordTrait = (typeof PASSWORD_TRAITS)[number];

export interface ShadowReport {
  readonly target: string;
  /** Who has been seen. */
  readonly people: number;
  /** When the sighting that is the longest ago was, and the latest, in milliseconds since 1970; null: there is none. */
  readonly firstSeenAt: number | null;
  readonly lastSeenAt: number | null;
  /** How many of them could not be copied as they are; whoever has been copied since does not count. */
  readonly problems: number;
  /** Grouped, most frequent first, with some of the people. */
  readonly groups: readonly {
    readonly problem: ShadowProblem;
    readonly reason: string | null;
    readonly people: number;
    readonly examples: readonly PersonRef[];
  }[];
  readonly rehashes: readonly {
    readonly scheme: string;
    readonly trait: PasswordTrait;
    readonly tried: number;
    readonly mismatched: number;
  }[];
}
