import type { Credential } from '../domain/credential.ts';
import type { Verdict } from './verdict.ts';

/**
 * The strongroom: verifies old formats and makes the new hash. Nothing here knows people, tables or clients.
 * All hashing runs in a worker pool whose queue is bounded.
 */
export interface Passwords {
  /**
   * Verifies what was typed, byte for byte. A mismatch costs at least what the decoy costs, so that a fast old
   * scheme does not tell that the account exists.
   *
   * @throws BridgeError `overloaded` when the queue is full
   */
  verify(credential: Credential, password: Uint8Array): Promise<Verdict>;
  /**
   * Spends the time that a verification of the table's usual scheme takes; for the person who does not exist.
   *
   * @throws BridgeError `overloaded` when the queue is full
   */
  spendDecoy(password: Uint8Array): Promise<void>;
  /**
   * Makes the strong hash of a password that was just verified: argon2id in the standard PHC order (m,t,p), never
   * weaker than the credential it replaces. Waits behind verifications.
   *
   * @throws BridgeError `overloaded` when too many are waiting: the next login makes it
   */
  rehash(password: Uint8Array, replaces: Credential): Promise<string>;
  /** Teaches the decoy what the table's usual scheme costs. */
  calibrate(sample: readonly Credential[]): void;
  close(): Promise<void>;
}
