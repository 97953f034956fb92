import type { Clients } from '../clients/clients.ts';
import type { ClientEditing } from '../clients/edit-client.ts';
import type { CheckResult } from '../domain/check.ts';
import type { PersonRef, Subject } from '../domain/ids.ts';
import type { Digests } from '../ledger/digests.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerSteward } from '../ledger/steward.ts';
import type { TargetCircuit } from '../ledger/target-circuit.ts';
import type { UnverifiableRows } from '../ledger/unverifiable.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import type { RateLimiter } from '../store/rate-limiter.ts';
import type { Store } from '../store/store.ts';
import type { Target } from '../targets/target.ts';
import type { WriteBack } from '../writeback/write-back.ts';

/** What the steward has on the desk: everything that admins look at and change. */
export interface StewardsDesk {
  readonly store: Store;
  readonly clients: Clients;
  readonly editing: ClientEditing;
  readonly ledger: Ledger;
  readonly steward: LedgerSteward;
  readonly circuit: TargetCircuit;
  readonly unverifiable: UnverifiableRows;
  readonly directories: LegacyDirectories;
  readonly targets: ReadonlyMap<string, Target>;
  readonly subjectOf: (person: PersonRef) => Subject;
  readonly digests: Digests;
  /** Undefined unless it is turned on; limited by the person. */
  readonly writeBack:
    | (Pick<WriteBack, 'write'> & { readonly limiter: Pick<RateLimiter, 'take'> })
    | undefined;
  /** From a `sub` to the person, of whom a login was seen. */
  readonly findSubject: (subject: string) => Promise<PersonRef | undefined>;
  /** Everything that `footbridge check` looks at. */
  readonly runChecks: () => Promise<CheckResult[]>;
  readonly signingKeys: SigningKeyRing;
  /** Ends what a person is logged in by at the bridge. */
  readonly endSessions: (subject: string) => Promise<{ sessions: number; grants: number }>;
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
