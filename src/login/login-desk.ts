import type { Subject } from '../domain/ids.ts';
import type { UserProfile } from '../domain/user-profile.ts';
import type { LoginOutcome } from './outcome.ts';

/** The desk: answers "who is this?" and hands verified logins over to the ledger. Knows no HTTP and no OIDC. */
export interface LoginDesk {
  authenticate(attempt: LoginAttempt): Promise<LoginOutcome>;
  /**
   * The person behind a `sub`, as the legacy directory has them now; undefined when the row is gone, disabled
   * or locked, so that their tokens die with it; those of a lock that ends answer again.
   *
   * @throws BridgeError `legacy_unavailable`
   */
  findAccount(subject: string): Promise<Account | undefined>;
  /** Waits for the captures under way; called at shutdown. */
  close(): Promise<void>;
}

export interface LoginAttempt {
  readonly clientId: string;
  /** The app behind the client, where the client named one. */
  readonly app?: string | undefined;
  /** As typed; not trimmed. */
  readonly identifier: string;
  /** The bytes as they came over the wire. The desk takes them over and wipes them. */
  readonly password: Uint8Array;
  /** The person's network address, as text. */
  readonly address: string;
}

export interface Account {
  readonly subject: Subject;
  readonly profile: UserProfile;
}
