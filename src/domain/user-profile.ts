/** OIDC Core 5.1.1 `address`. */
export interface Address {
  readonly formatted?: string;
  readonly street_address?: string;
  readonly locality?: string;
  readonly region?: string;
  readonly postal_code?: string;
  readonly country?: string;
}

/** The standard claims of OIDC Core 5.1 under their own names, without `sub`. */
export interface StandardClaims {
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
  /** `YYYY-MM-DD`, `0000-MM-DD` where the year is not known, or `YYYY` where nothing else is. */
  readonly birthdate?: string;
  readonly zoneinfo?: string;
  readonly locale?: string;
  readonly phone_number?: string;
  readonly phone_number_verified?: boolean;
  readonly address?: Address;
  /** Seconds since 1970, as OIDC has it. */
  readonly updated_at?: number;
}

export type ClaimName = keyof StandardClaims;

/** What a custom attribute may be. */
export type AttributeValue = string | number | boolean | readonly string[];

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

export type JsonObject = { readonly [name: string]: JsonValue };

/** What a person agreed to, or did not. */
export interface Consent {
  readonly name: string;
  readonly given: boolean;
  /** Seconds since 1970. */
  readonly at?: number;
  /** Of the text that was agreed to. */
  readonly version?: string;
  /** Where it was asked, e.g. `checkout`. */
  readonly source?: string;
}

/**
 * A person as the bridge speaks of them between the two outer doors. What the legacy row does not give is absent,
 * never null or empty.
 */
export interface UserProfile extends StandardClaims {
  readonly groups?: readonly string[];
  readonly roles?: readonly string[];
  /** By the operator's own names, without the namespace that their claims carry. */
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly consents?: readonly Consent[];
  /** What the legacy app kept about the person, and what the person chose there. */
  readonly app_metadata?: JsonObject;
  readonly user_metadata?: JsonObject;
  /** Which second factors the person has, e.g. `{ totp: true }`; never the secret of one. */
  readonly mfa?: Readonly<Record<string, boolean>>;
  /** The legacy app would have asked for a new password at the next login. */
  readonly password_change_required?: true;
}

/** Which standard claims each scope asks for (OIDC Core 5.4). */
export const CLAIMS_OF_SCOPE = {
  profile: [
    'name',
    'given_name',
    'family_name',
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

/** What a profile holds beside the standard claims; `attributes` has names of its own inside. */
export const OWN_FIELDS = [
  'groups',
  'roles',
  'consents',
  'app_metadata',
  'user_metadata',
  'mfa',
  'password_change_required',
] as const satisfies readonly (keyof UserProfile)[];

export type OwnField = (typeof OWN_FIELDS)[number];

/**
 * A claim that OIDC does not define: the scope that asks for it, its name in tokens, and what of the profile it tells.
 */
export interface OfferedClaim {
  readonly scope: string;
  readonly claim: string;
  readonly from: { readonly field: OwnField } | { readonly attribute: string };
}
