import type { Clients } from '../clients/clients.ts';
import type { ClientEditing } from '../clients/edit-client.ts';
import type { MigrationSwitch } from '../clients/migration.ts';
import type { CheckResult } from '../domain/check.ts';
import type { PersonRef, Subject } from '../domain/ids.ts';
import type { Digests } from '../ledger/digests.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ShadowRecords } from '../ledger/shadow-records.ts';
import type { Statistics } from '../ledger/statistics.ts';
import type { LedgerSteward } from '../ledger/steward.ts';
import type { TargetCircuit } from '../ledger/target-circuit.ts';
import type { TargetPeople } from '../ledger/target-people.ts';
import type { UnverifiableRows } from '../ledger/unverifiable.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import type { DecommissionReport } from '../report/report.ts';
import type { RateLimiter } from '../store/rate-limiter.ts';
import type { Store } from '../store/store.ts';
import type { Target, TargetCapabilities } from '../targets/target.ts';
import type { WriteBack } from '../writeback/write-back.ts';
import type { RunDesk } from './run-desk.ts';

/** What the steward has on the desk: everything that admins look at and change. */
export interface StewardsDesk {
  readonly store: Store;
  readonly clients: Clients;
  readonly editing: ClientEditing;
  readonly ledger: Ledger;
  readonly steward: LedgerSteward;
  readonly statistics: Statistics;
  readonly circuit: TargetCircuit;
  readonly unverifiable: UnverifiableRows;
  readonly directories: LegacyDirectories;
  readonly targets: ReadonlyMap<string, Target>;
  /** Of the targets as the login desk and the courier use them, by name. */
  readonly capabilities: ReadonlyMap<string, TargetCapabilities>;
  /** The kind of each target, as the configuration spells it, by the target's name. */
  readonly connectors: ReadonlyMap<string, string>;
  readonly targetPeople: TargetPeople;
  readonly shadow: ShadowRecords;
  /** Whether a switch means this person by list or percentage; entries of e-mail domains mean nobody here. */
  readonly isMeant: (one: MigrationSwitch, person: PersonRef) => boolean;
  /** Has the profile of somebody copied for whom nothing waits; anything but `entered` says why nothing was written. */
  readonly copyNow: (target: string, person: PersonRef) => Promise<CopyNowAnswer>;
  /** What the bridge tells relying parties of itself. */
  readonly offer: ProviderOffer;
  readonly subjectOf: (person: PersonRef) => Subject;
  readonly digests: Digests;
  /** Undefined unless it is turned on; limited by the person. */
  readonly writeBack:
    | (Pick<WriteBack, 'write'> & { readonly limiter: Pick<RateLimiter, 'take'> })
    | undefined;
  /** From a `sub` to the person, of whom a login was seen. */
  readonly findSubject: (subject: string) => Promise<PersonRef | undefined>;
  /** When somebody last logged in, to a day, in milliseconds since 1970. */
  readonly lastLoginAt: (subject: Subject) => Promise<number | undefined>;
  /** Everything that `footbridge check` looks at. */
  readonly runChecks: () => Promise<CheckResult[]>;
  readonly runs: RunDesk;
  /**
   * Goes through the legacy directories once.
   *
   * @throws BridgeError `legacy_unavailable`
   */
  readonly makeReport: (wanted: ReportWanted) => Promise<SignedReport>;
  readonly signingKeys: SigningKeyRing;
  /** Ends what a person is logged in by at the bridge. */
  readonly endSessions: (subject: string) => Promise<{ sessions: number; grants: number }>;
}

export interface ReportWanted {
  readonly target: string;
  /** How many people are named, by legacy id, of each group that is not across. */
  readonly examples: number;
}

export interface SignedReport {
  readonly report: DecommissionReport;
  /** The report as JSON, in UTF-8: these bytes are signed. */
  readonly document: Uint8Array;
  /** A detached JWS in compact form (RFC 7515, appendix F; RFC 7797). */
  readonly jws: string;
}

export interface SigningKeyRing {
  list(): Promise<
    readonly {
      readonly kids: Readonly<Record<string, string>>;
      readonly createdAt: number;
      readonly signs: boolean;
    }[]
  >;
  /** New keys, published at once; they sign when everybody can have fetched them. */
  add(): Promise<void>;
}

export type CopyNowAnswer =
  | 'entered'
  | 'across'
  | 'underWay'
  | 'waitsForAdmin'
  | 'excluded'
  | 'gone'
  | 'notThere'
  | 'hookFailed'
  | 'changedMeanwhile'
  | 'disabled'
  | 'locked'
  | 'must-change-password';

/** What somebody has to know who sets up the other side. */
export interface ProviderOffer {
  readonly issuer: string;
  readonly discovery: string;
  /** By the names of OIDC discovery. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** Which claims each scope gives, as far as a row has them. */
  readonly claimsOfScopes: Readonly<Record<string, readonly string[]>>;
  /** How a login says which app behind the client it is for. */
  readonly app: { readonly acrPrefix: string; readonly parameter?: string | undefined };
}
