import { createServer } from 'node:http';
import type { Logger } from '../../runtime/logger.ts';
import type { Random } from '../../runtime/random.ts';
import { createApp } from './app.ts';
import { type BridgeLoginOptions, createBridgeLogin } from './bridge-login.ts';
import type { CastMember } from './cast.ts';
import { createOwnLogin } from './own-login.ts';
import { createPages } from './pages.ts';
import { openUsers, type Users } from './users.ts';

export interface PlatformOptions {
  readonly name: string;
  /** Where it will listen, e.g. `http://127.0.0.1:4100`; a loopback address. */
  readonly origin: string;
  readonly databaseFile: string;
  readonly bridge: Omit<BridgeLoginOptions, 'redirectUri' | 'postLogoutRedirectUri'>;
  readonly callbackPath: string;
  readonly cast: readonly CastMember[];
}

export interface NewPlatform {
  readonly origin: string;
  readonly users: Users;
  close(): Promise<void>;
}

/** Starts the new platform: its users table, its federation to the bridge and its web application. */
export async function startNewPlatform(
  { name, origin, databaseFile, bridge, callbackPath, cast }: PlatformOptions,
  { logger, random }: { logger: Logger; random: Random },
): Promise<NewPlatform> {
  const users = openUsers(databaseFile);
  const bridgeLogin = createBridgeLogin({
    ...bridge,
    redirectUri: origin + callbackPath,
    postLogoutRedirectUri: `${origin}/`,
  });
  const app = createApp({
    origin,
    bridgeOrigin: new URL(bridge.issuer).origin,
    callbackPath,
    users,
    bridgeLogin,
    ownLogin: await createOwnLogin(users, random),
    pages: createPages({ platformName: name, bridgeOrigin: bridge.issuer, cast, users }),
    logger,
    random,
  });
  const server = createServer(app.callback());
  const { hostname, port } = new URL(origin);
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(Number(port), hostname, listening);
  });
  return {
    origin,
    users,
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          users.close();
          closed();
        });
        server.closeAllConnections();
      }),
  };
}
