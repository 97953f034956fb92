/**
 * The made-up person of every scheme's example. The salt is text, hexadecimal and base64 at the same time, and the pepper
 * is long enough for a signer key of Firebase, so that one of each serves all schemes.
 */
export const EXAMPLE = {
  password: 'correct horse battery staple',
  salt: 'c0ffee00',
  username: 'ada',
  pepper: 'c0ffee00'.repeat(8),
} as const;
