import Router from '@koa/router';
import Koa, { type Context } from 'koa';
import type { Logger } from '../../runtime/logger.ts';
import { type Random, randomToken } from '../../runtime/random.ts';
import { serveAssets } from './assets.ts';
import type { BridgeLogin } from './bridge-login.ts';
import { createBridgeRoutes } from './bridge-routes.ts';
import { defences } from './defences.ts';
import { readForm } from './form.ts';
import type { OwnLogin } from './own-login.ts';
import type { Pages } from './pages.ts';
import { createSessions } from './sessions.ts';
import type { Users } from './users.ts';

export interface AppDeps {
  readonly origin: string;
  readonly bridgeOrigin: string;
  /** Where the bridge sends people back to. */
  readonly callbackPath: string;
  readonly users: Users;
  readonly bridgeLogin: BridgeLogin;
  readonly ownLogin: OwnLogin;
  readonly pages: Pages;
  readonly logger: Logger;
  readonly random: Random;
}

/** The new platform's web application. */
export function createApp({ origin, bridgeOrigin, callbackPath, ...deps }: AppDeps): Koa {
  const { users, ownLogin, pages, logger, random } = deps;
  const sessions = createSessions(random);
  const router = new Router();

  router.get('/', (context) => pages.story(context, sessions.of(context)));
  router.get('/live/story', (context) => pages.storyLive(context, sessions.of(context)));
  router.get('/users', (context) => pages.users(context, sessions.of(context)));
  router.get('/live/users', (context) => pages.usersLive(context, sessions.of(context)));
  router.get('/me', (context) => {
    const { signedIn } = sessions.of(context);
    const user = signedIn && users.find(signedIn.userId);
    context.body = { username: user?.username ?? null, way: user ? signedIn?.way : null };
  });

  router.get('/login', (context) => {
    const login = typeof context.query.as === 'string' ? context.query.as : '';
    pages.login(context, sessions.of(context), { login, refused: false });
  });
  router.post('/login', async (context) => {
    const form = await readForm(context);
    if (!sessions.ownsForm(sessions.of(context), form.get('csrf'))) return staleForm(context, pages);
    const login = form.get('login') ?? '';
    const user = await ownLogin.authenticate(login, form.get('password') ?? '');
    if (user === undefined) {
      context.status = 401;
      return pages.login(context, sessions.of(context), { login, refused: true });
    }
    users.countLogin(user.id, 'own');
    const session = sessions.renew(context);
    session.signedIn = { userId: user.id, way: 'own' };
    session.follows = user.id;
    return seeOther(context, '/');
  });

  const bridge = createBridgeRoutes({ ...deps, sessions, origin });
  router.get('/login/bridge', bridge.begin);
  router.get(callbackPath, bridge.finish);
  router.post('/logout', async (context) => {
    const form = await readForm(context);
    if (!sessions.ownsForm(sessions.of(context), form.get('csrf'))) return staleForm(context, pages);
    const session = sessions.renew(context);
    const { atBridge } = session;
    session.atBridge = false;
    return seeOther(context, (atBridge && (await bridge.signOutLocation())) || '/');
  });

  const app = new Koa();
  app.keys = [randomToken(random)];
  app.on('error', (err) => logger.error({ err }, 'The new platform could not answer a request.'));
  app.use(defences(origin, bridgeOrigin));
  app.use(plainErrors(pages));
  app.use(serveAssets());
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}

/** An error page instead of Koa's bare text; what is not the visitor's fault goes to the log as well. */
function plainErrors(pages: Pages): Koa.Middleware {
  return async (context, next) => {
    try {
      await next();
      if (context.status === 404 && context.body === undefined) {
        pages.notice(context, 'Nothing here', 'This page does not exist.');
        context.status = 404;
      }
    } catch (error) {
      const status = Number((error as { status?: unknown }).status ?? 500);
      context.status = status;
      if (status >= 500) context.app.emit('error', error, context);
      pages.notice(context, 'That did not work', 'Go back to the story and try it again.');
    }
  };
}

function staleForm(context: Context, pages: Pages): void {
  context.status = 403;
  const sentence = 'The form was not made for this browser, or it is from before a restart. Open it again.';
  pages.notice(context, 'This form is out of date', sentence);
}

function seeOther(context: Context, location: string): void {
  context.redirect(location);
  context.status = 303;
}
