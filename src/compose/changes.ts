import type { Config } from '../config/schema.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import type { PersonHooks } from '../legacy/person-hooks.ts';
import { createSync } from '../migration/create-sync.ts';
import type { Sync } from '../migration/sync.ts';
import { createRevocation } from '../oidc/create-revocation.ts';
import { loadSigningKeys } from '../oidc/signing-keys.ts';
import { createSealing } from '../runtime/sealing.ts';
import type { Target } from '../targets/target.ts';
import { manyDependencies } from './carriage.ts';
import type { Office } from './office.ts';
import type { World } from './world.ts';

/** People compared at once. */
const PAGE = 500;

/** What carries later changes across, by target. */
export async function openSyncs(
  config: Config,
  office: Office,
  directories: LegacyDirectories,
  hooks: PersonHooks,
  targets: ReadonlyMap<string, Target>,
  world: World,
): Promise<Map<string, Sync>> {
  const { revoke } = createRevocation({
    ...world,
    issuer: config.issuer,
    options: config.oidc,
    store: office.store,
    sealing: createSealing(config.secretKey, 'artifacts', world.random),
    clients: office.clients,
    keys: await loadSigningKeys(office.keys, await office.store.now()),
    cookieKeys: [office.deriveKey('cookies').toString('base64url')],
  });
  const watermarked = new Set(
    config.legacy.flatMap(({ name, updatedAt }) => (updatedAt === undefined ? [] : [name])),
  );
  const syncs = new Map<string, Sync>();
  for (const [name, target] of targets) {
    const slowest = config.targets[name]?.ratePerSecond ?? PAGE;
    syncs.set(
      name,
      createSync({
        ...(await manyDependencies(config, office, target, undefined, world)),
        hooks,
        digests: office.digests,
        clients: office.clients,
        leaseMs: config.worker.leaseSeconds * 1_000,
        directories: directories.byName,
        watermarked,
        runs: office.runs,
        options: config.sync,
        pageSize: Math.max(1, Math.floor(Math.min(slowest, PAGE))),
        revoke,
      }),
    );
  }
  return syncs;
}

/**
 * Syncs what is due, now and then, until it is stopped.
 *
 * @returns how to stop
 */
export function startSyncing(
  syncs: ReadonlyMap<string, Sync>,
  { sync: { everyMinutes } }: Config,
  { logger }: World,
): { stop(): Promise<void> } {
  if (everyMinutes === 0) return { stop: async () => {} };
  const stopping = new AbortController();
  let underWay = Promise.resolve();
  const round = async () => {
    for (const [target, sync] of syncs) {
      try {
        const report = await sync.runIfDue(stopping.signal);
        if (report?.state === 'held')
          logger.warn({ target, run: report.id }, report.reason ?? 'A sync waits.');
        else if (report !== undefined) logger.info({ target, ...report.counts }, 'A sync ended.');
      } catch (err) {
        logger.warn({ err, target }, 'A sync could not be done; it is tried again.');
      }
    }
  };
  const again = () => {
    underWay = underWay.then(round);
  };
  again();
  const timer = setInterval(again, Math.max(1_000, (everyMinutes * 60_000) / 4));
  timer.unref();
  return {
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await underWay;
    },
  };
}
