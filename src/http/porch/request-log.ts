import type { Middleware } from 'koa';
import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/logger.ts';
import { type Random, randomToken } from '../../runtime/random.ts';

/**
 * Gives every request an id (`X-Request-Id` in the answer) and one line in the log: method, path, status and time. No
 * query string, body, header or cookie is ever logged, and identifiers in the path are masked.
 */
export function requestLog(logger: Logger, clock: Clock, random: Random): Middleware {
  return async (ctx, next) => {
    const startedAt = clock();
    const requestId = randomToken(random, 9);
    ctx.state.requestId = requestId;
    ctx.set('X-Request-Id', requestId);
    const { method } = ctx;
    const path = loggable(ctx.path);
    ctx.res.once('close', () => {
      const line = { requestId, method, path, status: ctx.status, ms: clock() - startedAt };
      if (!ctx.res.writableFinished) logger.info({ ...line, aborted: true }, 'A request was given up.');
      else if (path === '/healthz' || path === '/readyz') logger.debug(line, 'Answered a request.');
      else logger.info(line, 'Answered a request.');
    });
    await next();
  };
}

/** Interactions are named by random text in their path, which is nobody's business but the browser's. */
function loggable(path: string): string {
  return path.replaceAll(/[\w-]{20,}/g, ':id').slice(0, 200);
}
