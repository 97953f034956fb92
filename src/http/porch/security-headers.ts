import type { Middleware } from 'koa';
import helmet from 'koa-helmet';

/**
 * For everything that is not a page of ours (those set a policy of their own, see `pages.ts`): nothing may be loaded,
 * nobody may frame it. `script-src` is there and empty because oidc-provider adds the hash of its one inline script
 * to it, on the pages that send themselves (`response_mode=form_post`); they post to the client, which then redirects
 * wherever it likes, so this policy has no `form-action`.
 */
const POLICY = "default-src 'none'; script-src; base-uri 'none'; frame-ancestors 'none'";

export function securityHeaders(issuer: URL): Middleware {
  const headers = helmet({
    contentSecurityPolicy: false,
    // A client may open the login page in a window of its own and wait for it.
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: issuer.protocol === 'https:' && { maxAge: 31_536_000, includeSubDomains: false },
    xXssProtection: true,
  });
  return (ctx, next) => {
    ctx.set('Content-Security-Policy', POLICY);
    return headers(ctx, next);
  };
}
