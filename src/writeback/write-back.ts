import type { Credential } from '../domain/credential.ts';
import type { PersonRef } from '../domain/ids.ts';

/**
 * The one way by which the bridge ever writes into the old house: a password that was changed on the new platform, into
 * the legacy column, as the legacy app would have written it. Exists only where an admin has turned it on.
 */
export interface WriteBack {
  /**
   * Writes a password to the person's row, unless the row changes meanwhile.
   *
   * @param password as bytes of UTF-8
   * @throws BridgeError `legacy_unavailable`, `overloaded`: then nothing is known to be written, and trying again is safe
   */
  write(person: PersonRef, password: Uint8Array): Promise<WriteBackResult>;
  close(): Promise<void>;
}

export type WriteBackResult =
  | {
      readonly kind: 'written';
      readonly scheme: string;
      /** What the row says now. */
      readonly credential: Credential;
    }
  /** Write-back is not turned on for this directory. */
  | { readonly kind: 'off' }
  | { readonly kind: 'unknown-person' }
  /** Somebody else wrote the row at the same time. */
  | { readonly kind: 'changed-meanwhile' }
  | {
      /**
       * `scheme`: the bridge cannot make such hashes. `weak`: it could, and must not. `password`: the scheme cannot hold
       * this one. `column`: the database did not keep the hash as it was written.
       */
      readonly kind: 'refused';
      readonly what: 'scheme' | 'weak' | 'password' | 'column';
      /** A sentence without anything of the password or the row's hash. */
      readonly reason: string;
    };
