import type { Middleware } from 'koa';
import { readForm } from '../../http/form.ts';
import { Refusal } from '../../http/refusal.ts';

/** A longer request line would not fit into what HTTP servers and proxies accept. */
const MAX_QUERY_LENGTH = 8_000;

/**
 * OIDC Core 3.1.2.1 wants the authorization endpoint to take POST as well. A form from another site comes without
 * `SameSite=Lax` cookies, and oidc-provider would have us loosen them; sent on as the same request by GET, it comes
 * with them.
 */
export function authorizationByPost(path: string, basePath: string): Middleware {
  return async (ctx, next) => {
    if (ctx.method !== 'POST' || ctx.path !== path) return next();
    const form = await readForm(ctx);
    const query = new URLSearchParams();
    for (const [name, value] of form) query.append(name, value.toString('utf8'));
    if (query.toString().length > MAX_QUERY_LENGTH) {
      throw new Refusal(413, 'request_too_large', 'The authorization request is too large.');
    }
    ctx.set('Cache-Control', 'no-store');
    ctx.status = 303;
    ctx.redirect(`${basePath}${path}?${query}`);
  };
}
