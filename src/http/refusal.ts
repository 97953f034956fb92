import type { Context } from 'koa';
import type { Link } from './pages.ts';

/**
 * A request that the bridge does not answer as asked. The message is a sentence for the person or program that made
 * the request: it is shown as it is.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;

  /**
   * @param status the HTTP status
   * @param code a stable word for programs, as in OAuth's `error`
   */
  constructor(status: number, code: string, message: string, retryAfterSeconds?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** A refusal in the words of the person's language. */
export interface SaidRefusal {
  /** BCP 47 */
  readonly lang: string;
  readonly title: string;
  readonly sentence: string;
  /** What the number of the request is called. */
  readonly reference: string;
  /** Below the page. */
  readonly links: readonly Link[];
}

/** @returns undefined for a refusal that is no person's business; its message is shown as it is */
export type SayRefusal = (ctx: Context, refusal: Refusal) => SaidRefusal | undefined;
