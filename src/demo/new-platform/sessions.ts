import { timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import { type Random, randomToken } from '../../runtime/random.ts';
import type { PendingLogin } from './bridge-login.ts';

/** What the platform remembers of one browser. */
export interface Session {
  readonly csrf: string;
  /** Logins that were sent to the bridge and have not come back, by their `state`. */
  readonly pending: Map<string, PendingLogin>;
  signedIn?: { readonly userId: number; readonly way: 'bridge' | 'own' };
  /** Whether this browser may have a session at the bridge as well, which signing out has to end. */
  atBridge: boolean;
  /** Whose story the page tells, signed in or not any more. */
  follows?: number;
}

export interface Sessions {
  /** The browser's session; a new one when it has none. */
  of(context: Context): Session;
  /** Changes the session id and the form token, so that what was known before a log-in opens nothing after it. */
  renew(context: Context): Session;
  /** Whether a form was rendered for this session. */
  ownsForm(session: Session, csrf: string | null): boolean;
}

const COOKIE = 'aurora.session';
/** A browser that never signs in costs memory as well: beyond these, the oldest is forgotten. */
const MAX_SESSIONS = 1_000;

export function createSessions(random: Random): Sessions {
  const sessions = new Map<string, Session>();

  const start = (context: Context, session: Session): Session => {
    const id = randomToken(random);
    sessions.set(id, session);
    if (sessions.size > MAX_SESSIONS) sessions.delete(sessions.keys().next().value ?? '');
    context.cookies.set(COOKIE, id, { signed: true, httpOnly: true, sameSite: 'lax', path: '/' });
    context.state.sessionId = id;
    return session;
  };
  const empty = (): Session => ({ csrf: randomToken(random), pending: new Map(), atBridge: false });
  const idOf = (context: Context): string =>
    context.state.sessionId ?? context.cookies.get(COOKIE, { signed: true }) ?? '';

  return {
    of: (context) => sessions.get(idOf(context)) ?? start(context, empty()),
    renew(context) {
      const { atBridge = false, follows } = sessions.get(idOf(context)) ?? {};
      sessions.delete(idOf(context));
      return start(context, {
        ...empty(),
        atBridge,
        ...(follows === undefined ? {} : { follows }),
      });
    },
    ownsForm(session, csrf) {
      const [given, expected] = [Buffer.from(csrf ?? ''), Buffer.from(session.csrf)];
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
