/** What is said of people whose legacy password is no longer the one that was copied. */
export const DRIFT = {
  nextLogin: 'The password changed in legacy after the copy; the next login is copied.',
  /** After a cutover, and where a target takes no later password. */
  kept: 'The password changed in legacy after the copy; the one at the target counts, and stays as it is.',
} as const;

export type DriftReason = (typeof DRIFT)[keyof typeof DRIFT];
