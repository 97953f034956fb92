import type { IncomingHttpHeaders } from 'node:http';
import type { Middleware } from 'koa';
import { Refusal } from '../refusal.ts';
import { clientAddress, trustedProxies } from './client-address.ts';

const PROXY_HEADERS = ['forwarded', 'x-real-ip', 'x-original-host', 'x-original-url', 'x-rewrite-url'];

/**
 * Pins every request to the issuer. OIDC discovery is built from what the request says about host and scheme, and
 * Koa's `proxy` believes any peer; so what came with the request is replaced by what the issuer is: whatever reads
 * `Host` or `X-Forwarded-*` further on can build the issuer's URLs alone.
 *
 * Leaves the person's address, by the trusted proxies' word alone, in `ctx.state.address`.
 *
 * @throws Refusal 421 (RFC 9110, section 15.5.20) for any host but the issuer's
 */
export function canonicalRequest(issuer: URL, trustProxy: false | readonly string[]): Middleware {
  const isTrusted = trustedProxies(trustProxy);
  return async (ctx, next) => {
    const { headers, socket } = ctx.req;
    const peer = socket.remoteAddress ?? '';
    const host = (isTrusted(peer) && first(headers['x-forwarded-host'])) || (headers.host ?? '');
    ctx.state.address = clientAddress(peer, first(headers['x-forwarded-for'], 'all'), isTrusted);

    for (const name of Object.keys(headers)) {
      if (name.startsWith('x-forwarded-') || PROXY_HEADERS.includes(name)) delete headers[name];
    }
    headers.host = issuer.host;
    headers['x-forwarded-proto'] = issuer.protocol.slice(0, -1);
    headers['x-forwarded-for'] = ctx.state.address;

    // An absolute request target (RFC 9112, section 3.2.2) names a host of its own, which would win over Host.
    if (!ctx.originalUrl.startsWith('/')) {
      throw new Refusal(400, 'invalid_request', 'The request target must be a path.');
    }
    if (!sameHost(host, issuer)) {
      throw new Refusal(
        421,
        'misdirected_request',
        'This server does not answer for the host you asked for.',
      );
    }
    await next();
  };
}

function first(value: IncomingHttpHeaders[string], what: 'one' | 'all' = 'one'): string {
  const text = Array.isArray(value) ? value.join(',') : (value ?? '');
  return what === 'all' ? text : (text.split(',')[0] ?? '').trim();
}

function sameHost(host: string, issuer: URL): boolean {
  if (!/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d+)?$/i.test(host)) return false;
  const address = `${issuer.protocol}//${host}`;
  return URL.canParse(address) && new URL(address).host === issuer.host;
}
