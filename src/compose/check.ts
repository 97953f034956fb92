import type { Config } from '../config/schema.ts';
import type { CheckResult } from '../domain/check.ts';
import { checkIssuer } from './checks/issuer.ts';
import { checkPasswords } from './checks/passwords.ts';
import { checkRecords } from './checks/records.ts';
import { checkServer } from './checks/server.ts';
import { openDirectory, openTarget } from './connectors.ts';
import type { World } from './world.ts';

/** Everything `footbridge check` looks at. Changes nothing anywhere. */
export async function checkDeployment(config: Config, world: World): Promise<CheckResult[]> {
  const directory = openDirectory(config.legacy, world);
  const targets = Object.entries(config.targets).map(([name, options]) => openTarget(name, options));
  try {
    const results = await Promise.all([
      checkServer(config),
      checkIssuer(config.issuer, world.clock, fetch),
      checkRecords(config, world),
      directory.check(),
      checkPasswords(directory),
      ...targets.map((target) => target.check()),
    ]);
    return [
      { level: 'ok', about: 'configuration', found: 'The configuration is complete.' },
      ...results.flat(),
    ];
  } finally {
    await Promise.all([directory.close(), ...targets.map((target) => target.close())]);
  }
}
