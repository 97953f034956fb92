import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import type { Context, Middleware } from 'koa';

/**
 * Our pages have no script, load nothing but our stylesheet and post to us alone. A page never ends in a redirect
 * away from us as the answer to a form, since browsers hold every hop of it to `form-action`.
 */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export interface Page {
  readonly status: number;
  /** A file in the folder of views, without `.eta`. */
  readonly view: string;
  /** BCP 47 */
  readonly lang: string;
  readonly title: string;
  readonly data: object;
  /** Where the browser goes next by itself, without a script. */
  readonly goOn?: string;
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
  return (ctx, { status, view, lang, title, data, goOn }) => {
    const body = eta.render(`./${view}`, { ...data, title });
    ctx.status = status;
    ctx.set('Content-Security-Policy', POLICY);
    ctx.set('Cache-Control', 'no-store');
    ctx.set('Content-Language', lang);
    ctx.type = 'html';
    ctx.body = layout.render('./layout', { lang, title, stylesheet: href, body, goOn });
  };
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
