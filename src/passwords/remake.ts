import type { Credential } from '../domain/credential.ts';
import type { Judgement } from './scheme.ts';

/** Makes old formats, for a legacy app that goes on verifying with its own code. */
export interface OldFormats {
  /**
   * Hashes a password as a row's is hashed: same scheme, same parameters, fresh salt. What comes out was verified as the
   * login verifies it.
   *
   * @throws BridgeError `overloaded` when the queue is full
   */
  remake(password: Uint8Array, like: Credential, how: RemakeOptions): Promise<Remade>;
}

export interface RemakeOptions {
  /** Hash by this scheme with its usual parameters, whatever the row has; the row's own otherwise. */
  readonly scheme?: string | undefined;
  /** The salt column may be written too; a row otherwise keeps its salt. */
  readonly freshColumnSalt: boolean;
}

export type Remade =
  | {
      readonly kind: 'made';
      readonly scheme: string;
      readonly judgement: Judgement;
      readonly encoded: string;
      /** For the salt column; absent where it stays as it is. */
      readonly salt?: string;
    }
  | {
      /** `unknown`: the row's hash is not read; `unmakeable`: the scheme is verified only; `password`: it cannot hold this one. */
      readonly kind: 'unknown' | 'unmakeable' | 'password';
      /** A sentence without anything of the row or the password. */
      readonly reason: string;
    };
