import { readFileSync } from 'node:fs';
import type { Middleware } from 'koa';
import mount from 'koa-mount';
import { createAsset, serveAssets } from '../http/assets.ts';
import type { Branding } from '../http/branding.ts';
import { createCsrf } from '../http/csrf.ts';
import { basePathOf } from '../http/pages.ts';
import { assertCookieKeys } from '../http/porch.ts';
import type { LoginDesk } from '../login/login-desk.ts';
import { createHallPages } from './interaction/hall-pages.ts';
import { interactionRoutes } from './interaction/interaction-routes.ts';
import { authorizationByPost } from './provider/authorization-by-post.ts';
import { createProvider, type ProviderDeps } from './provider/create-provider.ts';
import { ignoreResource } from './provider/ignore-resource.ts';
import { ROUTES } from './provider/provider-options.ts';

const SCRIPT = new URL('./views/forms.js', import.meta.url);

export interface OidcDeps extends Omit<ProviderDeps, 'pages' | 'desk'> {
  readonly desk: Pick<LoginDesk, 'authenticate' | 'findAccount'>;
  /** 32 bytes, the same in every instance. */
  readonly csrfKey: Uint8Array;
  readonly branding?: Branding;
}

/**
 * The hall: the OpenID Provider and its pages, mounted at the issuer's path. Goes behind the porch, which pins the
 * host and resolves the person's address.
 *
 * @param deps.cookieKeys the very list that the porch has
 * @throws BridgeError `configuration_invalid` without a cookie key
 */
export function createOidc(deps: OidcDeps): Middleware {
  assertCookieKeys(deps.cookieKeys);
  const issuer = new URL(deps.issuer);
  const base = basePathOf(issuer);
  const script = createAsset(base, 'forms', 'js', readFileSync(SCRIPT, 'utf8'));
  const pages = createHallPages(issuer, deps.branding, script.href);
  const provider = createProvider({ ...deps, pages });
  const csrf = createCsrf(deps.csrfKey, issuer.origin);
  return mount(base || '/', [
    serveAssets([script], 'path'),
    interactionRoutes({ ...deps, provider, pages, csrf, issuer }),
    authorizationByPost(ROUTES.authorization, base),
    ignoreResource(ROUTES.authorization),
    ...provider.middleware,
  ] as unknown as Middleware);
}
