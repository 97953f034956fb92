import type { PersonRef } from '../domain/ids.ts';
import type { OfferedClaim, UserProfile } from '../domain/user-profile.ts';

/** The operator's own functions, run for one person at a time. What fails there fails for that person alone. */
export interface PersonHooks {
  /** The profile as the operator wants it told and copied. */
  transform(person: PersonRef, profile: UserProfile): Promise<Transformed>;
  /** The same for a login, which a hook may also refuse. Called after the password was found right. */
  admit(person: PersonRef, profile: UserProfile, clientId: string): Promise<Transformed | Refused>;
  /** The claims that hooks add, for discovery. */
  readonly offered: readonly OfferedClaim[];
}

export type Transformed =
  | { readonly kind: 'profile'; readonly profile: UserProfile }
  /** It threw, took too long or returned what is no profile; logged with its name, never with the person's values. */
  | { readonly kind: 'failed'; readonly hook: string };

export interface Refused {
  readonly kind: 'refused';
  /** For the person. */
  readonly sentence: string;
}

/** Where no hooks are configured. */
export const NO_HOOKS: PersonHooks = {
  transform: async (_person, profile) => ({ kind: 'profile', profile }),
  admit: async (_person, profile) => ({ kind: 'profile', profile }),
  offered: [],
};
