import type { RegisteredClient } from './client.ts';
import type { ClientOptions } from './options.ts';

/**
 * What a configured client becomes at the next start: everything is the configuration's, but for the switch of one that
 * is registered already, which lives in the store.
 */
export function asConfigured(
  { client_secret: _, migration, ...metadata }: ClientOptions,
  present: Pick<RegisteredClient, 'migration'> | undefined,
): Pick<RegisteredClient, 'metadata' | 'migration'> & { readonly origin: 'config' } {
  const { mode, percent } = present?.migration ?? migration;
  return { metadata, origin: 'config', migration: { target: migration.target, mode, percent } };
}
