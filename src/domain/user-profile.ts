/** OIDC Core 5.1.1 `address`. */
export interface Address {
  readonly formatted?: string;
  readonly street_address?: string;
  readonly locality?: string;
  readonly region?: string;
  readonly postal_code?: string;
  readonly country?: string;
}

/**
 * A person as the bridge speaks of them between the two outer doors: the standard claims of OIDC Core 5.1 under
 * their own names, without `sub`. A claim that the legacy row does not give is absent, never null or empty.
 */
export interface UserProfile {
  readonly name?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly middle_name?: string;
  readonly nickname?: string;
  readonly preferred_username?: string;
  readonly profile?: string;
  readonly picture?: string;
  readonly website?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly gender?: string;
  /** `YYYY-MM-DD`. */
  readonly birthdate?: string;
  readonly zoneinfo?: string;
  readonly locale?: string;
  readonly phone_number?: string;
  readonly phone_number_verified?: boolean;
  readonly address?: Address;
  /** Seconds since 1970, as OIDC has it. */
  readonly updated_at?: number;
}

export type ClaimName = keyof UserProfile;

/** Which standard claims each scope asks for (OIDC Core 5.4). */
export const CLAIMS_OF_SCOPE = {
  profile: [
    'name',
    'family_name',
    'given_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  address: ['address'],
} as const satisfies Record<string, readonly ClaimName[]>;

export const CLAIM_NAMES: readonly ClaimName[] = Object.values(CLAIMS_OF_SCOPE).flat();
