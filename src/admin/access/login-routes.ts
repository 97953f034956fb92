import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import type { Csrf } from '../../http/csrf.ts';
import { readForm } from '../../http/form.ts';
import { Refusal } from '../../http/refusal.ts';
import type { Logger } from '../../runtime/logger.ts';
import { type Random, randomToken } from '../../runtime/random.ts';
import { noteInAudit } from '../../store/audit.ts';
import type { SealedRecords } from '../../store/sealed-records.ts';
import type { Store } from '../../store/store.ts';
import type { AdminOidcOptions } from '../options.ts';
import type { AdminPages } from '../pages.ts';
import { actorOf, isAllowed } from './allow.ts';
import type { AdminLinks } from './links.ts';
import type { OidcLogin, PendingLogin } from './oidc-login.ts';
import type { AdminSessions } from './sessions.ts';

const PENDING_MS = 10 * 60_000;
export const CALLBACK_PATH = '/login/callback';
/** Of the tokens in the forms of whoever is logged in. */
export const FORM_PURPOSE = 'admin-form';

export interface LoginDeps {
  readonly url: URL;
  readonly links: AdminLinks;
  readonly sessions: AdminSessions;
  /** Absent: links are the only way in. */
  readonly oidc: { readonly login: OidcLogin; readonly options: AdminOidcOptions } | undefined;
  readonly pending: SealedRecords<PendingLogin>;
  readonly csrf: Csrf;
  readonly pages: AdminPages;
  readonly store: Store;
  readonly logger: Logger;
  readonly random: Random;
}

/** How a person comes in and goes: by the issuer's account, or by a one-time link. No GET changes anything but that. */
export function loginRoutes(deps: LoginDeps): Middleware {
  const { url, links, sessions, oidc, pending, csrf, pages, store, logger, random } = deps;
  const secure = url.protocol === 'https:';
  const pendingCookie = `${secure ? '__Host-' : ''}footbridge_admin_login`;
  // Lax: it must come back with the redirect from the issuer.
  const cookie = { httpOnly: true, sameSite: 'lax', secure, path: '/', signed: false } as const;
  const router = new Router();

  async function begin(ctx: Context, actor: string): Promise<void> {
    await sessions.end(ctx);
    await sessions.begin(ctx, actor);
  }

  router.get('/login', async (ctx) => {
    if (oidc === undefined) {
      return pages.message(ctx as unknown as Context, 200, {
        title: 'Log in',
        sentence:
          'No issuer is configured for admins. Run "footbridge admin link" where the bridge runs, and open the link that it prints.',
      });
    }
    const { location, pending: waiting } = await oidc.login.begin().catch((cause: unknown) => {
      logger.warn({ err: cause }, 'The issuer of the admins’ accounts cannot be reached.');
      throw new Refusal(503, 'issuer_unavailable', 'The login service of the admins cannot be reached.', 10);
    });
    const token = randomToken(random);
    await pending.add(token, waiting, PENDING_MS);
    ctx.cookies.set(pendingCookie, token, { ...cookie, maxAge: PENDING_MS });
    ctx.set('Cache-Control', 'no-store');
    ctx.redirect(location.href);
    return undefined;
  });

  router.get(CALLBACK_PATH, async (ctx) => {
    const token = ctx.cookies.get(pendingCookie, { signed: false });
    const waiting = token === undefined ? undefined : await pending.take(token);
    if (oidc === undefined || waiting === undefined) {
      throw new Refusal(400, 'login_expired', 'This login is over. Begin again at /login.');
    }
    ctx.cookies.set(pendingCookie, '', { ...cookie, maxAge: 0 });
    const claims = await oidc.login.finish(new URL(ctx.originalUrl, url), waiting).catch((err: unknown) => {
      logger.warn({ err }, 'A login of an admin did not come back as it was asked for.');
      throw new Refusal(
        403,
        'login_refused',
        'The login service did not confirm who you are. Begin again at /login.',
      );
    });
    const actor = actorOf(claims);
    const allowed = isAllowed(claims, oidc.options);
    const action = allowed ? 'admin.login' : 'admin.refused';
    await noteInAudit(store, 'admin', { actor, action, before: undefined, after: undefined });
    if (!allowed)
      throw new Refusal(403, 'not_an_admin', 'Your account is not one of the admins’ of this bridge.');
    await begin(ctx as unknown as Context, actor);
    // A redirect would still count as coming from the issuer, and the browser would keep the strict cookie to itself.
    pages.entered(ctx as unknown as Context);
  });

  router.get('/bootstrap/:token', (ctx) =>
    pages.bootstrap(ctx as unknown as Context, ctx.params.token ?? ''),
  );

  router.post('/bootstrap', async (ctx) => {
    const form = await readForm(ctx as unknown as Context);
    const actor = await links.redeem(form.get('token')?.toString('utf8') ?? '');
    if (actor === undefined) {
      const sentence = 'This link was used or has run out. "footbridge admin link" prints a new one.';
      throw new Refusal(403, 'link_refused', sentence);
    }
    await begin(ctx as unknown as Context, actor);
    pages.entered(ctx as unknown as Context);
  });

  router.post('/logout', async (ctx) => {
    const caller = await sessions.find(ctx as unknown as Context);
    const form = await readForm(ctx as unknown as Context);
    if (caller?.session !== undefined) {
      csrf.check(ctx as unknown as Context, FORM_PURPOSE, caller.session.id, form.get('csrf'));
    }
    await sessions.end(ctx as unknown as Context);
    pages.message(ctx as unknown as Context, 200, { title: 'Logged out', sentence: 'You are logged out.' });
  });

  return router.routes() as unknown as Middleware;
}
