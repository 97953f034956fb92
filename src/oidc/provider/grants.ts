import type { KoaContextWithOIDC } from 'oidc-provider';

/**
 * What the client may have: clients are registered by the operator, so they get what they ask for without a page, and
 * the person is asked only when the client wants that (`prompt=consent`), before anything is granted.
 */
export async function loadGrant(ctx: KoaContextWithOIDC) {
  const { oidc } = ctx;
  const { client, session, account, provider } = oidc;
  if (client === undefined || account === undefined) return undefined;

  const grantId = session?.grantIdFor(client.clientId);
  const found = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const existing = found?.accountId === account.accountId ? found : undefined;
  if (oidc.promptPending('consent')) return existing;

  const grant = existing ?? new provider.Grant({ clientId: client.clientId, accountId: account.accountId });
  grant.addOIDCScope(oidc.requestParamOIDCScopes);
  grant.addOIDCClaims(oidc.requestParamClaims);
  // Its lifetime begins anew with every authorization.
  delete grant.exp;
  await grant.save();
  return grant;
}

/**
 * oidc-provider drops `offline_access` unless the request says `prompt=consent`. OIDC Core, section 11, lets "other
 * conditions" stand for consent: here the operator's registration of a confidential client, whose scope allows it. A
 * public client still has to ask the person.
 */
export function keepOfflineAccess(ctx: KoaContextWithOIDC): void {
  const { client, params } = ctx.oidc;
  const asked = String(ctx.query.scope ?? '').split(' ');
  const kept = String(params?.scope ?? '').split(' ');
  if (client === undefined || params === undefined) return;
  if (!asked.includes('offline_access') || kept.includes('offline_access') || !kept.includes('openid'))
    return;
  if (client.clientAuthMethod === 'none' || !client.grantTypeAllowed('refresh_token')) return;
  params.scope = [...kept, 'offline_access'].join(' ');
}
