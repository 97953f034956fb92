import { createRequire } from 'node:module';
import type Koa from 'koa';
import { createCsrf } from '../http/csrf.ts';
import { createPorch } from '../http/porch.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Random } from '../runtime/random.ts';
import type { Sealing } from '../runtime/sealing.ts';
import { createSealedRecords } from '../store/sealed-records.ts';
import type { Store } from '../store/store.ts';
import { createAuthorize, type ReadMachineToken } from './access/authorize.ts';
import { type AdminLinks, createAdminLinks } from './access/links.ts';
import { CALLBACK_PATH, loginRoutes } from './access/login-routes.ts';
import { createOidcLogin, type PendingLogin } from './access/oidc-login.ts';
import { createAdminSessions, type SessionRecord } from './access/sessions.ts';
import { createIdempotency, type KeptRequest } from './api/idempotency.ts';
import { openApiOf } from './api/openapi.ts';
import { problems } from './api/problems.ts';
import { allRoutes, allStreams } from './api/routes.ts';
import { BASE_PATH, serveRoutes } from './api/serve.ts';
import { allPages } from './console/pages.ts';
import { serveConsole } from './console/serve.ts';
import type { StewardsDesk } from './desk.ts';
import { type AdminOptions, adminUrl } from './options.ts';
import { createAdminPages } from './pages.ts';
import { createCheckWork } from './work/checks.ts';
import { createSchemeWork } from './work/schemes.ts';

export interface AdminDeps {
  readonly options: AdminOptions;
  /** Of the bridge, whose access tokens programs use. */
  readonly issuer: string;
  readonly trustProxy: false | readonly string[];
  readonly desk: StewardsDesk;
  readonly readToken: ReadMachineToken;
  /** Of its own purpose: sessions, links and answers rest under it. */
  readonly sealing: Sealing;
  /** 32 bytes, the same in every instance. */
  readonly csrfKey: Uint8Array;
  readonly cookieKeys: readonly string[];
  /** Aborted when the process ends: streams of events end then. */
  readonly closing: AbortSignal;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly random: Random;
}

/** The steward's office: the admin API and the ways into it, as an app for a listener of its own. */
export function createAdmin(deps: AdminDeps): Koa {
  const { options, issuer, desk, sealing, logger, random } = deps;
  const { store } = desk;
  const url = adminUrl(options);
  const secure = url.protocol === 'https:';
  const records = <T>(model: string) => createSealedRecords<T>(store, sealing, model);
  const pages = createAdminPages(url);
  const csrf = createCsrf(deps.csrfKey, url.origin);
  const sessions = createAdminSessions({
    records: records<SessionRecord>('AdminSession'),
    now: store.now,
    random,
    secure,
  });
  // What they found last is remembered once, for pages and API alike.
  const checks = createCheckWork(desk);
  const schemes = createSchemeWork(desk);
  const routes = allRoutes(desk, csrf, checks, schemes);
  const streams = allStreams(desk, logger);
  const document = JSON.stringify(openApiOf(routes, streams, issuer, packageVersion()));

  const app = createPorch({
    ...deps,
    issuer: url,
    health: [{ name: 'store', required: true, check: () => store.now() }],
    failures: problems(logger, (ctx, status, sentence) =>
      pages.message(ctx, status, { title: 'That did not work', sentence }),
    ),
  });
  app.use((ctx, next) => {
    if (ctx.path !== `${BASE_PATH}/openapi.json` || ctx.method !== 'GET') return next();
    ctx.body = document;
    ctx.type = 'application/json';
    return undefined;
  });
  for (const middleware of serveRoutes({
    routes,
    authorize: createAuthorize({ readToken: deps.readToken, sessions }),
    csrf,
    idempotency: createIdempotency(records<KeptRequest>('AdminAnswer')),
    streams,
    closing: deps.closing,
  })) {
    app.use(middleware);
  }
  app.use(
    loginRoutes({
      url,
      links: openAdminLinks({ store, sealing, random }),
      sessions,
      oidc: options.oidc && {
        login: createOidcLogin(options.oidc, new URL(CALLBACK_PATH, url)),
        options: options.oidc,
      },
      pending: records<PendingLogin>('AdminLogin'),
      csrf,
      pages,
      store,
      logger,
      random,
    }),
  );
  const entries = allPages(desk, checks, schemes);
  for (const middleware of serveConsole({ entries, sessions, csrf, secure, clock: deps.clock })) {
    app.use(middleware);
  }
  return app;
}

/** One-time links, for whoever may print one where the bridge runs. */
export function openAdminLinks({
  store,
  sealing,
  random,
}: {
  store: Store;
  sealing: Sealing;
  random: Random;
}): AdminLinks {
  return createAdminLinks({ store, random, records: createSealedRecords(store, sealing, 'AdminLink') });
}

/** Where a link leads. */
export function addressOfLink(options: AdminOptions, token: string): URL {
  return new URL(`/bootstrap/${token}`, adminUrl(options));
}

function packageVersion(): string {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
  return version;
}
