import type { RegisteredClient } from './client.ts';
import type { Migration } from './migration.ts';
import type { ClientOptions } from './options.ts';

/**
 * What a configured client becomes at the next start: everything is the configuration's, but for the switches of one that
 * is registered already, which live in the store.
 */
export function asConfigured(
  { client_secret: _, migration, ...metadata }: ClientOptions,
  present: Pick<RegisteredClient, 'migration'> | undefined,
): Pick<RegisteredClient, 'metadata' | 'migration'> & { readonly origin: 'config' } {
  const switches = present?.migration ?? migration;
  return { metadata, origin: 'config', migration: { ...switches, ...configuredPart(migration) } };
}

/** What of a migration is the configuration's for ever. */
export function configuredPart({
  target,
  movedUrl,
  cutover,
}: Migration): Pick<Migration, 'target' | 'movedUrl' | 'cutover'> {
  return { target, movedUrl, cutover };
}
