import type { Middleware } from 'koa';

/**
 * Headers that hold for every answer, and a check that the request was meant for this origin: a foreign page whose
 * name resolves to the loopback address gets nothing (DNS rebinding).
 *
 * @param bridgeOrigin where the sign-out form may lead to; Chromium applies `form-action` to redirects as well
 */
export function defences(origin: string, bridgeOrigin: string): Middleware {
  const host = new URL(origin).host;
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    `form-action 'self' ${bridgeOrigin}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
  return async (context, next) => {
    context.set({
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'same-origin',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'no-store',
    });
    if (context.headers.host !== host) context.throw(421);
    await next();
  };
}
