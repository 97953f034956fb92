import type { Middleware } from 'koa';
import { Refusal } from '../refusal.ts';

/** The largest body of any route is a token request with an assertion; oidc-provider itself stops at 56 KiB. */
const BODY_LIMIT = 64 * 1024;

/** Refuses by the announced length; whoever reads a body counts what really comes. */
export function bodyLimit(): Middleware {
  return (ctx, next) => {
    if ((ctx.request.length ?? 0) > BODY_LIMIT) {
      ctx.set('Connection', 'close');
      throw new Refusal(413, 'request_too_large', 'The request is larger than this server accepts.');
    }
    return next();
  };
}
