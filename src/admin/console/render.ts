import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import type { Context } from 'koa';
import type { Assets } from './assets.ts';
import type { Flash } from './flash.ts';
import { createFormats, type Formats } from './formats.ts';
import type { NavigationItem } from './navigation.ts';
import type { Shown } from './page.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** What every view sees as `it`, beside its own data. */
export interface Around {
  readonly title: string;
  /** For the hidden field `csrf` of each form. */
  readonly csrf: string;
  readonly f: Formats;
}

export interface Rendering extends Shown {
  readonly title: string;
  readonly scripts: readonly string[];
  readonly navigation: readonly NavigationItem[];
  readonly actor: string;
  readonly csrf: string;
  readonly flash: Flash | undefined;
  readonly now: number;
}

/** Renders a view inside the console's layout and answers with it. Every value in a view is escaped. */
export function createRender(assets: Assets): (ctx: Context, rendering: Rendering) => void {
  const views = fileURLToPath(new URL('./views/', import.meta.url));
  const eta = new Eta({ views, autoEscape: true, cache: true });
  return (ctx, { view, data, status = 200, now, scripts, ...rest }) => {
    const around = { ...rest, f: createFormats(now) };
    const body = eta.render(`/${view}`, { ...data, ...around } satisfies Around & Record<string, unknown>);
    ctx.status = status;
    ctx.set('Content-Security-Policy', POLICY);
    ctx.set('Cache-Control', 'no-store');
    ctx.type = 'html';
    ctx.body = eta.render('/layout', {
      ...around,
      body,
      stylesheet: assets.href('style.css'),
      localTimes: assets.href('local-times.js'),
      scripts: scripts.map((name) => assets.href(`${name}.js`)),
    });
  };
}
