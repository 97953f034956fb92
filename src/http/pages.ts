import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import type { Context, Middleware } from 'koa';

/** Our pages have no script and load nothing but our stylesheet. */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

export interface Page {
  readonly status: number;
  /** A file in the folder of views, without `.eta`. */
  readonly view: string;
  /** BCP 47 */
  readonly lang: string;
  readonly title: string;
  readonly data: object;
  /**
   * Where the answer to the page's form may lead away from us: a client's registered address. Browsers hold every
   * hop of the redirects after a form to `form-action`, those of the client's own included.
   */
  readonly leadsTo?: string | undefined;
}

/** Renders a view inside the common layout and answers with it, never to be cached. */
export type SendPage = (ctx: Context, page: Page) => void;

/**
 * @param issuer the stylesheet lies below it
 * @param views folder of `.eta` files; every value in them is escaped
 */
export function createPages(issuer: URL, views: URL): SendPage {
  const { href } = stylesheetOf(issuer);
  const layout = etaIn(new URL('./views/', import.meta.url));
  const eta = etaIn(views);
  return (ctx, { status, view, lang, title, data, leadsTo }) => {
    const body = eta.render(`./${view}`, { ...data, title });
    ctx.status = status;
    ctx.set('Content-Security-Policy', [POLICY, ...placesBehind(leadsTo)].join(' '));
    ctx.set('Cache-Control', 'no-store');
    ctx.set('Content-Language', lang);
    ctx.type = 'html';
    ctx.body = layout.render('./layout', { lang, title, stylesheet: href, body });
  };
}

/** CSP sources for a client's address and whatever it redirects to; plain http: is for loopback addresses alone. */
function placesBehind(location: string | undefined): string[] {
  if (location === undefined || !URL.canParse(location)) return [];
  const { protocol } = new URL(location);
  if (protocol === 'https:') return ['https:'];
  if (protocol === 'http:') return ['https:', 'http://localhost:*', 'http://127.0.0.1:*'];
  return /^[a-z][a-z0-9.+-]*:$/.test(protocol) ? ['https:', protocol] : [];
}

/** Serves the stylesheet from memory; its name changes with its content, so it may be kept for ever. */
export function stylesheet(issuer: URL): Middleware {
  const { href, css } = stylesheetOf(issuer);
  return (ctx, next) => {
    if (ctx.path !== href || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
    ctx.type = 'css';
    ctx.body = css;
    return undefined;
  };
}

/** The issuer's path without a slash at its end: where everything of the bridge's is mounted. */
export function basePathOf(issuer: URL): string {
  return issuer.pathname.replace(/\/$/, '');
}

function stylesheetOf(issuer: URL): { href: string; css: string } {
  const css = readFileSync(new URL('./views/style.css', import.meta.url), 'utf8');
  const digest = createHash('sha256').update(css).digest('hex').slice(0, 12);
  return { href: `${basePathOf(issuer)}/assets/style-${digest}.css`, css };
}

function etaIn(folder: URL): Eta {
  return new Eta({ views: fileURLToPath(folder), autoEscape: true, cache: true });
}
