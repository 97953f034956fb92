import type { User } from './users.ts';

/** Somebody the story is about. The platform itself knows nobody: the demo tells it, for the page's sake alone. */
export interface CastMember {
  readonly username: string;
  readonly name: string;
  /** What to type as login name. */
  readonly login: string;
  readonly password: string;
  readonly scheme: string;
  /** What the legacy password column looks like. */
  readonly legacyShape: string;
}

export interface StoryRow extends CastMember {
  readonly arrived: boolean;
  /** Parameters of the copied hash, e.g. `m=19456,t=2,p=1`; undefined until it is here. */
  readonly argon2id: string | undefined;
  readonly loggedInAlone: boolean;
  readonly next: 'bridge' | 'wait' | 'own' | 'done';
}

/** How far each of the cast has come, by the platform's own table. */
export function tellStory(cast: readonly CastMember[], users: readonly User[]): StoryRow[] {
  const byUsername = new Map(users.map((user) => [user.username.toLowerCase(), user]));
  return cast.map((member) => {
    const user = byUsername.get(member.username.toLowerCase());
    const argon2id = argon2idParameters(user?.password_hash);
    const loggedInAlone = (user?.own_logins ?? 0) > 0;
    return { ...member, arrived: user !== undefined, argon2id, loggedInAlone, next: nextStep(user) };
  });
}

/** What this person should do next. */
export function nextStep(user: User | undefined): StoryRow['next'] {
  if (user === undefined) return 'bridge';
  if (argon2idParameters(user.password_hash) === undefined) return 'wait';
  return user.own_logins > 0 ? 'done' : 'own';
}

export function argon2idParameters(encoded: string | null | undefined): string | undefined {
  return /^\$argon2id\$v=19\$(m=\d+,t=\d+,p=\d+)\$/.exec(encoded ?? '')?.[1];
}
