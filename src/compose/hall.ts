import type { Middleware } from 'koa';
import { loadSigningKeys, type SigningKeys } from '../oidc/signing-keys.ts';
import type { Office } from './office.ts';
import type { World } from './world.ts';

const LOOK_EVERY_MS = 60_000;

/**
 * The hall, built anew when the signing keys in the store are others than it was built with: new ones are published
 * and take over in every running instance. Requests under way end in the hall that they began in.
 *
 * @param build with the keys in the order of `loadSigningKeys`
 */
export async function openHall(
  { store, keys, lifecycle }: Pick<Office, 'store' | 'keys' | 'lifecycle'>,
  { logger }: Pick<World, 'logger'>,
  build: (keys: SigningKeys) => Middleware,
): Promise<Middleware> {
  const load = async () => loadSigningKeys(keys, await store.now());
  const nameOf = (set: SigningKeys) => set.keys.map(({ kid }) => kid).join(' ');
  const first = await load();
  let built = { name: nameOf(first), hall: build(first) };

  async function look(): Promise<void> {
    try {
      const found = await load();
      if (nameOf(found) === built.name) return;
      built = { name: nameOf(found), hall: build(found) };
      logger.info('The signing keys changed; the new ones are published.');
    } catch (err) {
      logger.warn({ err }, 'The signing keys could not be looked at; the known ones go on signing.');
    }
  }

  let underway = Promise.resolve();
  const timer = setInterval(() => {
    underway = underway.then(look);
  }, LOOK_EVERY_MS).unref();
  lifecycle.onClose('signing keys', async () => {
    clearInterval(timer);
    await underway;
  });
  return (ctx, next) => built.hall(ctx, next);
}
