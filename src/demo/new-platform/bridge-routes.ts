import type { Context } from 'koa';
import type { Logger } from '../../runtime/logger.ts';
import type { BridgeLogin } from './bridge-login.ts';
import type { Pages } from './pages.ts';
import type { Session, Sessions } from './sessions.ts';
import type { Users } from './users.ts';

/** Logins that one browser may have under way; an older one is forgotten. */
const MAX_PENDING = 8;

export interface BridgeRoutesDeps {
  readonly origin: string;
  readonly users: Users;
  readonly bridgeLogin: BridgeLogin;
  readonly pages: Pages;
  readonly sessions: Sessions;
  readonly logger: Logger;
}

/** The platform as a relying party: off to the bridge, back with a code, and the bridge's part of signing out. */
export function createBridgeRoutes({
  origin,
  users,
  bridgeLogin,
  pages,
  sessions,
  logger,
}: BridgeRoutesDeps) {
  return {
    async begin(context: Context): Promise<void> {
      const session = sessions.of(context);
      const hint = typeof context.query.as === 'string' ? context.query.as : undefined;
      try {
        const { location, state, pending } = await bridgeLogin.begin(hint);
        remember(session, state, pending);
        context.redirect(location.href);
      } catch (err) {
        logger.warn({ err }, 'The bridge could not be reached.');
        context.status = 503;
        const sentence = 'The bridge does not answer. People who have arrived can still log in here.';
        pages.notice(context, 'The bridge is away', sentence);
      }
    },

    async finish(context: Context): Promise<void> {
      const state = typeof context.query.state === 'string' ? context.query.state : '';
      const { pending } = sessions.of(context);
      const login = pending.get(state);
      pending.delete(state);
      if (login === undefined) return refused(context, 'This answer does not belong to a log-in begun here.');

      // The configured origin, not the request's: what the code is redeemed with must not be the visitor's choice.
      const answer = new URL(context.url, origin);
      const person = await bridgeLogin.finish(answer, state, login).catch((err: unknown) => {
        logger.warn({ err }, 'A log-in through the bridge was not completed.');
        return undefined;
      });
      if (person === undefined) return refused(context, 'The bridge did not confirm who you are.');

      const provisioned = users.provision(person);
      if (provisioned.kind === 'conflict') {
        context.status = 409;
        const sentence =
          'Somebody else here already has that username or e-mail. Accounts are never merged by themselves.';
        return pages.notice(context, 'This name is taken', sentence);
      }
      users.countLogin(provisioned.user.id, 'bridge');
      const session = sessions.renew(context);
      session.signedIn = { userId: provisioned.user.id, way: 'bridge' };
      session.follows = provisioned.user.id;
      session.atBridge = true;
      context.redirect('/');
    },

    /** Undefined when the bridge cannot be reached: then its session ends by its own lifetime. */
    async signOutLocation(): Promise<string | undefined> {
      return bridgeLogin.signOut().then(
        ({ href }) => href,
        () => undefined,
      );
    },
  };

  function refused(context: Context, sentence: string): void {
    context.status = 400;
    pages.notice(context, 'The log-in was not completed', sentence);
  }
}

function remember(session: Session, state: string, pending: Parameters<BridgeLogin['finish']>[2]): void {
  session.pending.set(state, pending);
  const oldest = session.pending.keys().next().value;
  if (session.pending.size > MAX_PENDING && oldest !== undefined) session.pending.delete(oldest);
}
