import type { Config } from '../config/schema.ts';
import { createPersonHooks, type DirectoryHooks } from '../legacy/hooks/create-person-hooks.ts';
import { loadHooks } from '../legacy/hooks/load-hooks.ts';
import type { PersonHooks } from '../legacy/person-hooks.ts';
import type { World } from './world.ts';

/** @throws BridgeError `configuration_invalid` when a file cannot be loaded */
export async function openHooks({ legacy }: Config, { logger }: World): Promise<PersonHooks> {
  const all: DirectoryHooks[] = [];
  for (const options of legacy) {
    if (options.hooks !== undefined) all.push({ options, hooks: await loadHooks(options.hooks) });
  }
  return createPersonHooks(all, logger);
}
