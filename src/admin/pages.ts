import type { Context } from 'koa';
import { createPages } from '../http/pages.ts';

/** The few pages around the API; all of the console's lie elsewhere. */
export interface AdminPages {
  message(ctx: Context, status: number, text: { title: string; sentence: string }): void;
  /** Asks whether the one-time link shall be used: a link that is merely looked at is not. */
  bootstrap(ctx: Context, token: string): void;
  /** Leads a person who has just logged in on to the console. */
  entered(ctx: Context): void;
}

export function createAdminPages(url: URL): AdminPages {
  const send = createPages(url, new URL('./views/', import.meta.url));
  const page = (ctx: Context, status: number, view: string, title: string, data: object) =>
    send(ctx, { status, view, lang: 'en', title, data });
  return {
    message: (ctx, status, { title, sentence }) => page(ctx, status, 'message', title, { sentence }),
    bootstrap: (ctx, token) => page(ctx, 200, 'bootstrap', 'Footbridge', { token }),
    entered(ctx) {
      ctx.set('Refresh', '0; url=/');
      page(ctx, 200, 'entered', 'You are logged in', {});
    },
  };
}
