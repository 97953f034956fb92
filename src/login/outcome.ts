import type { Subject } from '../domain/ids.ts';

/** The desk's answer to "who is this?". The hall renders once per kind. */
export type LoginOutcome =
  | { readonly kind: 'authenticated'; readonly subject: Subject }
  /**
   * Wrong password, no such person, two such people, an unreadable hash: one answer for all of them. While people are
   * cut over it says where those log in whose account has moved.
   */
  | { readonly kind: 'rejected'; readonly location?: string }
  /** Too many attempts; nothing was hashed. */
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  /** The right password of an account that is switched off. */
  | { readonly kind: 'disabled' }
  /** The right password of an account that is locked; when that ends, where it is known. */
  | { readonly kind: 'locked'; readonly retryAfterSeconds?: number }
  /** The right password, which the legacy app would have had changed first. */
  | { readonly kind: 'must-change-password'; readonly location?: string }
  /** The right password of somebody whom the operator's hook turns away, in a sentence of its own. */
  | { readonly kind: 'refused'; readonly sentence: string }
  /** The bridge could not find out. Never counted against the person. */
  | { readonly kind: 'unavailable'; readonly retryAfterSeconds: number }
  /** The right password of the old place, which opens no door any more: it lives at the new platform now. */
  | { readonly kind: 'moved'; readonly location?: string };
