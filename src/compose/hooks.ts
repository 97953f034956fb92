import type { Config } from '../config/schema.ts';
import { createPersonHooks } from '../legacy/hooks/create-person-hooks.ts';
import { loadHooks } from '../legacy/hooks/load-hooks.ts';
import { NO_HOOKS, type PersonHooks } from '../legacy/person-hooks.ts';
import type { World } from './world.ts';

/** @throws BridgeError `configuration_invalid` when the file cannot be loaded */
export async function openHooks({ legacy }: Config, { logger }: World): Promise<PersonHooks> {
  if (legacy.hooks === undefined) return NO_HOOKS;
  return createPersonHooks([{ options: legacy, hooks: await loadHooks(legacy.hooks) }], logger);
}
