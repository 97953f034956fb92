import type { AttributeValue, UserProfile } from './user-profile.ts';

/** The person a hook is called for. */
export interface HookPerson {
  /** The name of the legacy directory. */
  readonly directory: string;
  /** The primary key there. */
  readonly id: string;
  readonly profile: UserProfile;
}

export interface HookContext {
  /** Aborted when the hook's time is over: hand it to `fetch`. */
  readonly signal: AbortSignal;
}

/** What a file named by `legacy.hooks` may export as its default. Every function may be async. */
export interface Hooks {
  /**
   * The attributes that the hooks add to profiles, and the scope by which a relying party asks for each. What is not
   * named here and not mapped in the configuration is refused, so that discovery stays true.
   */
  readonly attributes?: Readonly<Record<string, { readonly scope: string }>>;
  /** Called for logins, tokens and copies: returns the profile to go on with. The same row must give the same profile. */
  profile?(person: HookPerson, context: HookContext): UserProfile | Promise<UserProfile>;
  /**
   * Called at a login, after the password was found right. Returning `refuse` turns the person away with that
   * sentence; `attributes` are no business of this one: see `profile`.
   */
  login?(
    person: HookPerson & { readonly clientId: string },
    context: HookContext,
  ): HookVerdict | undefined | Promise<HookVerdict | undefined>;
}

export interface HookVerdict {
  /** A sentence for the person, of at most 500 characters. */
  readonly refuse: string;
}

/** Gives a hooks file its types: `export default defineHooks({ ... })`. */
export function defineHooks(hooks: Hooks): Hooks {
  return hooks;
}

export type { AttributeValue, UserProfile };
