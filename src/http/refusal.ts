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
