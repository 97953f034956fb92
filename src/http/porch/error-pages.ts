import type { Context, Middleware } from 'koa';
import { BridgeError } from '../../domain/errors.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { SendPage } from '../pages.ts';
import { Refusal, type SaidRefusal, type SayRefusal } from '../refusal.ts';

const TITLES: Record<number, string> = {
  400: 'That request could not be understood',
  403: 'That was refused',
  404: 'There is nothing here',
  413: 'That was too large',
  415: 'That was not a form',
  421: 'Wrong address',
  503: 'Not available right now',
};

/**
 * The outermost layer: whatever went wrong further in becomes an answer, a page for browsers and JSON for programs. A
 * fault of the bridge is logged with its cause and answered without any.
 */
export function errorPages(
  logger: Logger,
  sendPage: SendPage,
  sayRefusal: SayRefusal = () => undefined,
): Middleware {
  const answer = (ctx: Context, refusal: Refusal) => {
    const { requestId } = ctx.state as { requestId?: string };
    if (refusal.retryAfterSeconds !== undefined) ctx.set('Retry-After', String(refusal.retryAfterSeconds));
    if (ctx.accepts('json', 'html') === 'html') {
      const { lang, title, sentence, reference, links } = sayRefusal(ctx, refusal) ?? inEnglish(refusal);
      const data = { sentence, requestId, labels: { reference } };
      sendPage(ctx, { status: refusal.status, view: 'error', lang, title, links, data });
      return;
    }
    ctx.status = refusal.status;
    ctx.set('Cache-Control', 'no-store');
    ctx.body = { error: refusal.code, error_description: refusal.message, request_id: requestId };
  };
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body == null) {
        answer(ctx, new Refusal(404, 'not_found', 'There is nothing at this address.'));
      }
    } catch (err) {
      answer(ctx, err instanceof Refusal ? err : explain(err, ctx, logger));
    }
  };
}

function inEnglish({ status, message }: Refusal): SaidRefusal {
  return {
    lang: 'en',
    title: TITLES[status] ?? 'Something went wrong',
    sentence: message,
    reference: 'Reference',
    links: [],
  };
}

/** Errors that say "not now": the person may try again. */
const OUTAGES: readonly unknown[] = ['legacy_unavailable', 'store_unavailable', 'overloaded'];
const RETRY_AFTER_SECONDS = 10;

function explain(err: unknown, ctx: Context, logger: Logger): Refusal {
  const { status, expose } = err as { status?: unknown; expose?: unknown };
  if (expose === true && typeof status === 'number' && status >= 400 && status < 500) {
    return new Refusal(status, 'invalid_request', 'The request could not be understood.');
  }
  logger.error({ err, requestId: ctx.state.requestId }, 'A request failed.');
  // A room that speaks OAuth says 503 itself.
  if (status === 503 || (err instanceof BridgeError && OUTAGES.includes(err.code))) {
    return new Refusal(
      503,
      'temporarily_unavailable',
      'This service is not available right now. Please try again in a moment.',
      RETRY_AFTER_SECONDS,
    );
  }
  return new Refusal(500, 'server_error', 'Something went wrong on this server. Please try again later.');
}
