import type { Config } from '../config/schema.ts';
import type { CheckResult } from '../domain/check.ts';
import { checkStore } from '../store/check-store.ts';
import { openDirectories, openTarget } from './connectors.ts';
import type { World } from './world.ts';

/** Everything `footbridge check` looks at. Changes nothing anywhere. */
export async function checkDeployment(config: Config, world: World): Promise<CheckResult[]> {
  const directories = openDirectories(config.legacy, world);
  const targets = Object.entries(config.targets).map(([name, options]) => openTarget(name, options));
  try {
    const results = await Promise.all([
      checkStore(config.store, world.clock),
      directories.check(),
      ...targets.map((target) => target.check()),
    ]);
    return [
      { level: 'ok', about: 'configuration', found: 'The configuration is complete.' },
      ...results.flat(),
    ];
  } finally {
    await Promise.all([directories.close(), ...targets.map((target) => target.close())]);
  }
}
