/** The answer to "is this the password of this credential?". A value, never an exception. */
export type Verdict =
  | {
      readonly kind: 'match';
      readonly scheme: string;
      /**
       * The scheme looked at only a part of what was typed (bcrypt past 72 bytes): the person may come in, but what
       * was typed need not be their password, so it is not rehashed into a copy.
       */
      readonly lossy: boolean;
    }
  | { readonly kind: 'mismatch'; readonly scheme: string }
  /** No scheme reads this column. `shape` says what it looks like without giving away the hash. */
  | { readonly kind: 'unknown-scheme'; readonly shape: string }
  /** The row asks for more work than the bounds allow, or its parameters are not sound. */
  | { readonly kind: 'out-of-bounds'; readonly scheme: string; readonly reason: string };
