import { STATUS_CODES } from 'node:http';
import type { Context } from 'koa';
import { z } from 'zod';
import { BridgeError, type ErrorCode } from '../../domain/errors.ts';
import { Refusal } from '../../http/refusal.ts';

/** RFC 9457. `code` is the stable word, `detail` the sentence for the person who reads it. */
export const problem = z
  .object({
    type: z.string().describe('urn:footbridge:problem:CODE'),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    request_id: z.string().optional(),
    errors: z
      .array(z.object({ in: z.string(), path: z.string(), message: z.string() }))
      .optional()
      .describe('What is wrong with which part of the request.'),
  })
  .meta({ id: 'Problem' });

export type ProblemFault = NonNullable<z.output<typeof problem>['errors']>[number];

/** A request that cannot be understood, with every fault at once. */
export class InvalidInput extends Refusal {
  readonly errors: readonly ProblemFault[];

  constructor(errors: readonly ProblemFault[]) {
    super(400, 'invalid_input', 'The request is not as this address wants it; "errors" says where.');
    this.errors = errors;
  }
}

const RETRY_AFTER_SECONDS = 10;

/** The one place where an error of the bridge becomes a status of the API. */
const STATUS: Record<ErrorCode, number> = {
  configuration_invalid: 500,
  legacy_unavailable: 503,
  store_unavailable: 503,
  store_key_wrong: 500,
  target_unavailable: 503,
  overloaded: 503,
  not_found: 404,
  already_exists: 409,
  changed_meanwhile: 412,
  cannot_be_honoured: 422,
  not_in_this_state: 409,
  invalid_request: 400,
};

/** Faults of the request in the words of koa and its parts; everything else is a fault of the bridge: undefined. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof BridgeError && STATUS[error.code] !== 500) {
    const status = STATUS[error.code];
    return new Refusal(status, error.code, error.message, status === 503 ? RETRY_AFTER_SECONDS : undefined);
  }
  const { status, expose } = error as { status?: unknown; expose?: unknown };
  if (expose === true && typeof status === 'number' && status >= 400 && status < 500) {
    return new Refusal(status, 'invalid_request', 'The request could not be understood.');
  }
  return undefined;
}

/** @param refusal undefined: a fault of the bridge, of which nothing is told */
export function sendProblem(ctx: Context, refusal: Refusal | undefined): void {
  const { requestId } = ctx.state as { requestId?: string };
  const { status, code, message } =
    refusal ??
    new Refusal(
      500,
      'server_error',
      'Something went wrong on this server; its log says what, by request_id.',
    );
  if (refusal?.retryAfterSeconds !== undefined) ctx.set('Retry-After', String(refusal.retryAfterSeconds));
  ctx.status = status;
  ctx.set('Cache-Control', 'no-store');
  ctx.body = JSON.stringify({
    type: `urn:footbridge:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: message,
    request_id: requestId,
    ...(refusal instanceof InvalidInput ? { errors: refusal.errors } : {}),
  });
  ctx.type = 'application/problem+json';
}
