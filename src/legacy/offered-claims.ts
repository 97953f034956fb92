import { type OfferedClaim, OWN_FIELDS, type OwnField } from '../domain/user-profile.ts';
import type { LegacyOptions } from './options.ts';

/** The claims beyond OIDC's own that the mapping can give, so that discovery offers these and no others. */
export function offeredClaims(options: LegacyOptions): OfferedClaim[] {
  const { attributes } = options;
  const own = OWN_FIELDS.filter((field) => isMapped(options, field)).map(
    (field): OfferedClaim => ({ scope: SCOPE_OF[field] ?? field, claim: field, from: { field } }),
  );
  const named = Object.entries(attributes?.map ?? {}).map(
    ([attribute, source]): OfferedClaim => ({
      scope: (typeof source === 'object' ? source.scope : undefined) ?? attributes?.scope ?? 'attributes',
      claim: `${attributes?.namespace ?? ''}${attribute}`,
      from: { attribute },
    }),
  );
  return [...own, ...named];
}

/** Several directories may give the same claim: by the scope that the first of them names. */
export function offeredOnce(claims: readonly OfferedClaim[]): OfferedClaim[] {
  return claims.filter(({ claim }, index) => claims.findIndex((other) => other.claim === claim) === index);
}

/** Each has a scope of its own name; whether a password must be changed concerns every relying party. */
const SCOPE_OF: Partial<Record<OwnField, string>> = { password_change_required: 'openid' };

function isMapped(
  { profile, consents, mfa, appMetadata, userMetadata, status }: LegacyOptions,
  field: OwnField,
) {
  const mapped: Record<OwnField, unknown> = {
    groups: profile.groups,
    roles: profile.roles,
    consents,
    app_metadata: appMetadata,
    user_metadata: userMetadata,
    mfa,
    password_change_required: status?.mustChangePassword ?? status?.mustChangePasswordWhen,
  };
  return mapped[field] !== undefined;
}
