import { readFileSync } from 'node:fs';
import type { Context, Middleware } from 'koa';
import { type Asset, createAsset, serveAssets } from './assets.ts';
import { createViews } from './branding/views.ts';
import { type Branding, NO_BRANDING } from './branding.ts';

/** Pages load our stylesheet, the logo and, where they name one, a script: all from our own origin, nothing inline. */
const POLICY = (script: string) =>
  `default-src 'none'; ${script}style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'`;

const VIEWS = new URL('./views/', import.meta.url);

export interface Link {
  readonly href: string;
  readonly text: string;
}

export interface Page {
  readonly status: number;
  /** A file in the folder of views, without `.eta`. */
  readonly view: string;
  /** BCP 47 */
  readonly lang: string;
  readonly title: string;
  readonly data: object;
  /** The address of a script on our own origin; without it the page works as well, if less comfortably. */
  readonly script?: string | undefined;
  /** Below the page. */
  readonly links?: readonly Link[];
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
 * @param views folder of `.eta` files; every value in them is escaped. The views of the porch can be named as well
 * @param branding its templates stand for views of the same name
 */
export function createPages(issuer: URL, views: URL, branding: Branding = NO_BRANDING): SendPage {
  const { style, logo } = assetsOf(issuer, branding);
  const render = createViews([VIEWS, views], branding.templates);
  return (ctx, { status, view, lang, title, data, script, links = [], leadsTo }) => {
    const body = render(view, { ...data, title });
    ctx.status = status;
    const policy = POLICY(script === undefined ? '' : "script-src 'self'; ");
    ctx.set('Content-Security-Policy', [policy, ...placesBehind(leadsTo)].join(' '));
    ctx.set('Cache-Control', 'no-store');
    ctx.set('Content-Language', lang);
    ctx.type = 'html';
    ctx.body = render('layout', {
      lang,
      title,
      stylesheet: style.href,
      script,
      name: branding.name,
      logo: logo?.href,
      links,
      body,
    });
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

/** Serves what every page loads: the stylesheet and the logo. */
export function pageAssets(issuer: URL, branding: Branding = NO_BRANDING): Middleware {
  const { style, logo } = assetsOf(issuer, branding);
  return serveAssets(logo === undefined ? [style] : [style, logo], 'href');
}

/** The issuer's path without a slash at its end: where everything of the bridge's is mounted. */
export function basePathOf(issuer: URL): string {
  return issuer.pathname.replace(/\/$/, '');
}

function assetsOf(issuer: URL, { css, logo }: Branding): { style: Asset; logo: Asset | undefined } {
  const base = basePathOf(issuer);
  const own = readFileSync(new URL('style.css', VIEWS), 'utf8');
  return {
    style: createAsset(base, 'style', 'css', css === '' ? own : `${own}\n${css}\n`),
    logo: logo === undefined ? undefined : createAsset(base, 'logo', logo.type, logo.body),
  };
}
