import Koa, { type Middleware } from 'koa';
import { BridgeError } from '../domain/errors.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Random } from '../runtime/random.ts';
import { type Branding, NO_BRANDING } from './branding.ts';
import { type HealthPart, healthRoutes } from './health.ts';
import { createPages, pageAssets } from './pages.ts';
import { bodyLimit } from './porch/body-limit.ts';
import { canonicalRequest } from './porch/canonical-request.ts';
import { errorPages } from './porch/error-pages.ts';
import { requestLog } from './porch/request-log.ts';
import { securityHeaders } from './porch/security-headers.ts';
import type { SayRefusal } from './refusal.ts';

/** What the porch leaves in `ctx.state` for the rooms behind it. */
export interface PorchState {
  readonly requestId: string;
  /** The person's network address, for throttling. */
  readonly address: string;
}

/** Shorter keys could be guessed: 32 characters of base64url are 192 bits. */
const MIN_KEY_LENGTH = 32;

/**
 * The outer Koa app, which every request passes through before a room sees it. Add rooms with `app.use`.
 *
 * @param cookieKeys sign the cookies, newest first; older ones are still believed. The same list must go to the
 *   provider, since each of the two signs some cookies
 * @param failures the outermost layer that turns whatever went wrong further in into an answer; pages for browsers and
 *   OAuth's JSON for programs when absent
 * @param sayRefusal what those pages say; their own English when absent
 * @throws BridgeError `configuration_invalid` without a cookie key of at least 32 characters
 */
export function createPorch({
  issuer,
  trustProxy,
  cookieKeys,
  health,
  failures,
  branding = NO_BRANDING,
  sayRefusal,
  logger,
  clock,
  random,
}: {
  issuer: URL;
  trustProxy: false | readonly string[];
  cookieKeys: readonly string[];
  health: readonly HealthPart[];
  failures?: Middleware;
  branding?: Branding;
  sayRefusal?: SayRefusal;
  logger: Logger;
  clock: Clock;
  random: Random;
}): Koa {
  assertCookieKeys(cookieKeys);
  if (issuer.protocol === 'https:' && trustProxy === false) {
    logger.warn(
      'The issuer is https:, so a proxy stands in front of the bridge, but server.trustProxy is false: everybody ' +
        'seems to come from the address of the proxy, and shares one throttle. Name the proxy there.',
    );
  }
  const app = new Koa();
  app.keys = [...cookieKeys];
  // Safe, because `canonicalRequest` writes the headers that this makes Koa believe.
  app.proxy = true;
  app.on('error', (err) => logger.error({ err }, 'A response could not be sent.'));

  app.use(requestLog(logger, clock, random));
  app.use(securityHeaders(issuer));
  const views = new URL('./views/', import.meta.url);
  app.use(failures ?? errorPages(logger, createPages(issuer, views, branding), sayRefusal));
  app.use(healthRoutes(health));
  app.use(canonicalRequest(issuer, trustProxy));
  app.use(bodyLimit());
  app.use(pageAssets(issuer, branding));
  return app;
}

/** Without keys Koa would send its cookies unsigned and say nothing. */
export function assertCookieKeys(keys: readonly string[]): void {
  if (keys.length > 0 && keys.every((key) => key.length >= MIN_KEY_LENGTH)) return;
  throw new BridgeError(
    'configuration_invalid',
    `Cookies cannot be signed: give at least one key of ${MIN_KEY_LENGTH} characters or more.`,
  );
}
