/** Ends everything that the bridge has given out for a person. */
export interface Revocation {
  /**
   * Removes the person's sessions, grants and tokens, and tells the clients that asked to be told (OIDC Back-Channel
   * Logout 1.0). Idempotent. A client that cannot be told keeps nobody's tokens alive.
   *
   * @param subject the `sub`
   * @throws BridgeError `store_unavailable`
   */
  revoke(subject: string): Promise<void>;
}
