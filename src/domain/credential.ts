/** How the legacy app wrote a password as bytes before it hashed them. */
export const CHARSETS = ['utf8', 'latin1', 'cp1252', 'utf16le'] as const;
export type Charset = (typeof CHARSETS)[number];

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
  /** What was typed is written in this before any scheme sees it; UTF-8 when absent. */
  readonly charset?: Charset;
  /**
   * A scheme's name, a recipe, or `auto`: the encoded text names its own scheme. Several where a table has generations
   * of passwords: the first that reads the encoded text is the one, and no other is tried.
   */
  readonly scheme: string | readonly string[];
}
