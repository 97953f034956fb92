import type { Mode } from '../clients/migration.ts';
import type { LegacyId, Subject } from '../domain/ids.ts';
import type { LedgerEntry } from '../ledger/ledger.ts';
import type { LegacyUser, LookUp } from '../legacy/directory.ts';
import type { Identity } from '../passwords/identify.ts';
import type { Verdict } from '../passwords/verdict.ts';
import type { PreviewField } from '../targets/target.ts';
import type { LoginOutcome } from './outcome.ts';

/**
 * What the desk would do for somebody, told and not done: nobody is remembered, counted or captured. Holds the person's
 * claims; never a password, a hash or a salt.
 */
export interface Rehearsal {
  readonly login: string;
  /** In the desk's order; they end where it would end. */
  readonly steps: readonly RehearsalStep[];
  /** Every client that was looked at would let the person in, as far as was asked. */
  readonly wouldLogIn: boolean;
}

export type RehearsalStep =
  | LookUpStep
  | SchemeStep
  | VerdictStep
  | StatusStep
  | ClaimsStep
  | HookFailedStep
  | ClientStep;

export interface LookUpStep {
  readonly step: 'look-up';
  readonly milliseconds: number;
  /** In the order in which they decide; `lookUp` is null for one that had not answered when another had decided. */
  readonly directories: readonly { readonly name: string; readonly lookUp: LookUp | null }[];
  readonly answer: LookUp['answer'];
  /** The directory that decided. */
  readonly directory?: string;
  readonly legacyIds?: readonly LegacyId[];
  /** A sentence, when the directory could not be asked. */
  readonly why?: string;
}

export interface SchemeStep {
  readonly step: 'scheme';
  /** As the configuration has it for this row. */
  readonly configured: string;
  readonly identity: Identity;
}

export interface VerdictStep {
  readonly step: 'verdict';
  readonly verdict:
    | Verdict
    /** The row can be verified; no password was given. */
    | { readonly kind: 'not-asked' }
    /** There is no row: the decoy alone. */
    | { readonly kind: 'nobody' };
  readonly milliseconds: number;
  /** What any answer but a match takes at least. */
  readonly decoyMilliseconds: number;
}

export interface StatusStep extends Pick<LegacyUser, 'status' | 'lockedUntil' | 'changePasswordUrl'> {
  readonly step: 'status';
}

export interface ClaimsStep {
  readonly step: 'claims';
  readonly subject: Subject;
  readonly loggedInBefore: boolean;
  /** What userinfo says, by the scope that asks for it. */
  readonly scopes: ClaimsByScope;
}

export interface HookFailedStep {
  readonly step: 'hook-failed';
  readonly hook: string;
}

export interface ClientStep {
  readonly step: 'client';
  readonly target: string | undefined;
  /** Of the client's own switch, whatever an app behind it has. */
  readonly mode: Mode;
  readonly percent: number;
  /** What the switch comes to for this person, by its lists, its percentage and its times; null before the first start. */
  readonly modeHere: Mode | null;
  readonly clientId: string;
  /** False: the configuration names it, and the next start registers it. */
  readonly registered: boolean;
  /** What the client may ask for; absent: everything. */
  readonly scope?: string;
  /** Where the person stands in a switch that is limited to a percentage; null before the first start. */
  readonly bucket: number | null;
  readonly outcome: { readonly kind: 'authenticated' } | Exclude<LoginOutcome, { kind: 'authenticated' }>;
  /** The person's row at the client's target. */
  readonly ledger: LedgerEntry | null;
  readonly capture: RehearsedCapture;
}

export type RehearsedCapture =
  /**
   * `undecided`: the key that the percentage is told by is made at the first start; `at-target`: after `cutover` the new
   * platform has the say.
   */
  | {
      readonly kind: 'off' | 'shadow' | 'at-target' | 'undecided' | 'lossy' | 'unchanged' | 'not-let-in';
    }
  | {
      /** `credential`: with a rehash; `profile`: the password is at the target already. */
      readonly kind: 'credential' | 'profile';
      readonly fields: readonly PreviewField[];
      /** Why the target could not be asked about its fields. */
      readonly unsure?: string;
      readonly rehash?: RehashSettings;
    };

export type ClaimsByScope = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Of argon2id. */
export interface RehashSettings {
  readonly memoryKiB: number;
  readonly iterations: number;
  readonly parallelism: number;
}
