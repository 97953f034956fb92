import type Koa from 'koa';
import type { Config } from '../config/schema.ts';
import { type Listening, listen } from '../http/listen.ts';
import { createPorch } from '../http/porch.ts';
import { offeredClaims, offeredOnce } from '../legacy/offered-claims.ts';
import { createOidc } from '../oidc/create-oidc.ts';
import { startPurgingArtifacts } from '../oidc/purge-artifacts.ts';
import { createSayRefusal } from '../oidc/say-refusal.ts';
import { createPasswords } from '../passwords/create-passwords.ts';
import { createSealing } from '../runtime/sealing.ts';
import { firstAdminLink, openAdmin } from './admin.ts';
import { openBranding } from './branding.ts';
import { openSyncs, startSyncing } from './changes.ts';
import { openDirectories } from './connectors.ts';
import { openTargets, openWorker } from './courier.ts';
import { openDesk } from './desk.ts';
import { openHall } from './hall.ts';
import { openHooks } from './hooks.ts';
import { startLookingAround } from './look-around.ts';
import { openOffice } from './office.ts';
import type { World } from './world.ts';

/** The whole bridge in one process. */
export interface Bridge {
  /** The Koa app, for a server that mounts it itself. */
  readonly app: Koa;
  /** The admin API and console, for a listener of its own; undefined when the configuration has no `admin`. */
  readonly admin: Koa | undefined;
  /**
   * Serves the apps and, if wanted, runs the courier.
   *
   * @returns where; with the link for the first admin while there is none
   */
  listen(options: { worker: boolean }): Promise<Listening & { readonly adminLink: URL | undefined }>;
  close(): Promise<void>;
}

export async function createBridge(config: Config, world: World): Promise<Bridge> {
  const branding = openBranding(config);
  const office = await openOffice(config, world);
  const { lifecycle, store, deriveKey } = office;
  try {
    const directories = openDirectories(config.legacy, world);
    lifecycle.onClose('legacy directories', directories.close);
    const passwords = createPasswords(config.passwords, world.logger, world.random);
    lifecycle.onClose('password workers', passwords.close);
    const hooks = await openHooks(config, world);
    const targets = openTargets(config, office);
    const worker = await openWorker(config, office, directories, hooks, targets, world);
    const syncs = await openSyncs(config, office, directories, hooks, targets, world);
    const desk = await openDesk(config, office, directories, passwords, hooks, world);
    lifecycle.onClose('login desk', desk.close);

    const issuer = new URL(config.issuer);
    const cookieKeys = [deriveKey('cookies').toString('base64url')];
    const app = createPorch({
      ...world,
      issuer,
      trustProxy: config.server.trustProxy,
      cookieKeys,
      branding,
      sayRefusal: createSayRefusal(branding),
      health: [
        { name: 'store', required: true, check: () => store.now() },
        { name: 'legacy', required: false, check: () => directories.ping() },
      ],
    });
    const sealing = createSealing(config.secretKey, 'artifacts', world.random);
    const offered = offeredOnce([...config.legacy.flatMap(offeredClaims), ...hooks.offered]);
    app.use(
      await openHall(office, world, (keys) =>
        createOidc({
          ...world,
          issuer: config.issuer,
          options: config.oidc,
          store,
          sealing,
          clients: office.clients,
          keys,
          desk,
          offered,
          cookieKeys,
          csrfKey: deriveKey('csrf'),
          branding,
        }),
      ),
    );
    const parts = { directories, targets, hooks, offered, syncs, passwords };
    const admin = await openAdmin(config, office, parts, world);
    return {
      app,
      admin: admin?.app,
      async listen(options) {
        const listening = await listen(app, config.server);
        lifecycle.onClose('server', listening.close);
        if (admin !== undefined && config.admin !== undefined) {
          lifecycle.onClose('admin server', (await listen(admin.app, config.admin)).close);
          // Closed before its server, which waits for every request under way.
          lifecycle.onClose('admin streams', admin.endStreams);
        }
        const purging = startPurgingArtifacts(store, world.logger);
        lifecycle.onClose('purge', purging.stop);
        if (options.worker) {
          worker.start();
          const syncing = startSyncing(syncs, config, world);
          lifecycle.onClose('sync', syncing.stop);
        }
        const looking = startLookingAround(directories, passwords, world.logger);
        lifecycle.onClose('look at the legacy directories', looking.stop);
        return { ...listening, adminLink: await firstAdminLink(config, office, world) };
      },
      close: office.close,
    };
  } catch (error) {
    await office.close();
    throw error;
  }
}
