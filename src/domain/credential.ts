/** What a legacy row says about the password. */
export interface Credential {
  /** The column as it stands in the row; empty when the row has no password. */
  readonly encoded: string;
  /** The salt column, where there is one. */
  readonly salt?: string;
  /** A scheme's name, or `auto`: the encoded text names its own scheme. */
  readonly scheme: string;
}
