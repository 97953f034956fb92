import { STATUS_CODES } from 'node:http';
import type { Context, Middleware } from 'koa';
import { Refusal } from '../../http/refusal.ts';
import type { Logger } from '../../runtime/logger.ts';
import { refusalOf, sendProblem } from './problem.ts';

/**
 * The outermost layer of the admin listener: whatever went wrong further in becomes a problem, or a page for who asks
 * for one. A fault of the bridge is logged with its cause and answered without any.
 *
 * @param sendPage answers a browser
 */
export function problems(
  logger: Logger,
  sendPage: (ctx: Context, status: number, sentence: string) => void,
): Middleware {
  const answer = (ctx: Context, refusal: Refusal | undefined) => {
    const wantsPage = !ctx.path.startsWith('/api/') && ctx.accepts('json', 'html') === 'html';
    if (!wantsPage) return sendProblem(ctx, refusal);
    const sentence = refusal?.message ?? 'Something went wrong on this server; its log says what.';
    return sendPage(ctx, refusal?.status ?? 500, sentence);
  };
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.status >= 400 && ctx.body == null) answer(ctx, unanswered(ctx.status));
    } catch (err) {
      const refusal = refusalOf(err);
      if (refusal === undefined) {
        logger.error({ err, requestId: ctx.state.requestId }, 'A request to the admin listener failed.');
      } else if (refusal.status >= 500) {
        logger.warn({ err, requestId: ctx.state.requestId }, 'A request to the admin listener had to wait.');
      }
      answer(ctx, refusal);
    }
  };
}

/** What the router left: nothing at that address, or not by that method. */
function unanswered(status: number): Refusal {
  const code = (STATUS_CODES[status] ?? 'error').toLowerCase().replaceAll(/[^a-z]+/g, '_');
  const message = status === 404 ? 'There is nothing at this address.' : `${STATUS_CODES[status]}.`;
  return new Refusal(status, code, message);
}
