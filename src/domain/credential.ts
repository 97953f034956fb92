/** What a legacy row says about the password. */
export interface Credential {
  /** The column as it stands in the row; empty when the row has no password. */
  readonly encoded: string;
  /** The salt column, where there is one. */
  readonly salt?: string;
  /** What the legacy app mixed in of the row's own, e.g. the username; by the scheme's rule. */
  readonly username?: string;
  /** A secret of the legacy app's configuration that it mixed into every hash. */
  readonly pepper?: string;
  /** A scheme's name, or `auto`: the encoded text names its own scheme. */
  readonly scheme: string;
}
