import type { KoaContextWithOIDC } from 'oidc-provider';

/** What this needs of oidc-provider's RefreshToken and Client. */
interface Token {
  isSenderConstrained(): boolean;
}
interface Client {
  readonly applicationType?: string | undefined;
  readonly clientAuthMethod?: string | undefined;
}

/**
 * How long a refresh token lives, in seconds: never beyond its grant, which is the absolute limit (ASVS 5.0, 10.4.8).
 * In a browser app a rotated token inherits what was left of the one before.
 */
export function refreshTokenTtl(lifetime: number) {
  return (ctx: KoaContextWithOIDC, token: Token, client: Client): number => {
    const { Grant: grant, RotatedRefreshToken: rotated } = ctx.oidc.entities;
    const inherits =
      rotated !== undefined &&
      client.applicationType === 'web' &&
      client.clientAuthMethod === 'none' &&
      !token.isSenderConstrained();
    const limits = [inherits ? rotated.remainingTTL : lifetime, grant?.remainingTTL ?? lifetime];
    return Math.max(1, Math.min(...limits));
  };
}
