import { join } from 'node:path';
import { Eta } from 'eta';
import type { Context } from 'koa';
import { argon2idParameters, type CastMember, nextStep, tellStory } from './cast.ts';
import type { Session } from './sessions.ts';
import type { User, Users } from './users.ts';

export interface Pages {
  story(context: Context, session: Session): void;
  /** The part of the story that changes, for the script of the page. */
  storyLive(context: Context, session: Session): void;
  users(context: Context, session: Session): void;
  usersLive(context: Context, session: Session): void;
  login(context: Context, session: Session, said: { login: string; refused: boolean }): void;
  /** A page with a title, a sentence and the way back. The status is the context's. */
  notice(context: Context, title: string, sentence: string): void;
}

export interface PagesOptions {
  readonly platformName: string;
  readonly bridgeOrigin: string;
  readonly cast: readonly CastMember[];
  readonly users: Users;
}

/** Server-rendered pages; every value is escaped by the template engine. */
export function createPages({ users, cast, platformName, bridgeOrigin }: PagesOptions): Pages {
  const eta = new Eta({ views: join(import.meta.dirname, 'views'), cache: true });
  const render = (context: Context, view: string, data: object): void => {
    context.type = 'html';
    context.body = eta.render(view, { platformName, bridgeOrigin, ...data });
  };

  const story = (session: Session) => {
    const rows = tellStory(cast, users.list());
    const followed = session.follows === undefined ? undefined : users.find(session.follows);
    return {
      ...whoIs(session),
      rows,
      followed: followed && { name: displayName(followed), username: followed.username },
      next: nextStep(followed),
      total: rows.length,
      arrived: rows.filter(({ argon2id }) => argon2id !== undefined).length,
      alone: rows.filter(({ loggedInAlone }) => loggedInAlone).length,
      waiting: rows.some(({ next }) => next === 'wait'),
    };
  };
  const table = (session: Session) => ({
    ...whoIs(session),
    rows: users.list().map((user) => ({ ...user, argon2id: argon2idParameters(user.password_hash) })),
  });
  const whoIs = ({ signedIn, csrf }: Session) => {
    const user = signedIn && users.find(signedIn.userId);
    return {
      csrf,
      you: user && { name: displayName(user), username: user.username, way: signedIn?.way },
    };
  };

  return {
    story: (context, session) => render(context, './story-page', story(session)),
    storyLive: (context, session) => render(context, './story-live', story(session)),
    users: (context, session) => render(context, './users-page', table(session)),
    usersLive: (context, session) => render(context, './users-live', table(session)),
    login: (context, session, said) => render(context, './login-page', { ...whoIs(session), ...said }),
    notice: (context, title, sentence) => render(context, './notice-page', { title, sentence }),
  };
}

function displayName({ given_name, family_name, username }: User): string {
  return [given_name, family_name].filter((part) => part !== null).join(' ') || username;
}
