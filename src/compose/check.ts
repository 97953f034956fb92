import type { Config } from '../config/schema.ts';
import type { CheckResult } from '../domain/check.ts';
import { hasCode } from '../domain/errors.ts';
import { openBranding } from './branding.ts';
import { checkIssuer } from './checks/issuer.ts';
import { checkPasswords } from './checks/passwords.ts';
import { checkRecords } from './checks/records.ts';
import { checkServer } from './checks/server.ts';
import { openDirectories, openTarget } from './connectors.ts';
import { openHooks } from './hooks.ts';
import type { World } from './world.ts';
import { checkWriteBack } from './write-back.ts';

/** Everything `footbridge check` looks at. Changes nothing anywhere. */
export async function checkDeployment(config: Config, world: World): Promise<CheckResult[]> {
  const directories = openDirectories(config.legacy, world);
  const targets = Object.entries(config.targets).map(([name, options]) => openTarget(name, options));
  try {
    const results = await Promise.all([
      checkServer(config),
      checkIssuer(config.issuer, world.clock, fetch),
      checkRecords(config, world),
      directories.check(),
      checkHooks(config, world),
      checkBranding(config),
      checkWriteBack(config, world),
      ...[...directories.byName.values()].map((directory) => checkPasswords(directory)),
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

async function checkHooks(config: Config, world: World): Promise<CheckResult[]> {
  if (config.legacy.every(({ hooks }) => hooks === undefined)) return [];
  const about = 'legacy.hooks';
  try {
    await openHooks(config, world);
    return [{ level: 'ok', about, found: 'The hooks can be loaded.' }];
  } catch (error) {
    if (!hasCode(error, 'configuration_invalid')) throw error;
    return [{ level: 'error', about, found: error.message, remedy: 'Correct the file, or legacy.hooks.' }];
  }
}

async function checkBranding(config: Config): Promise<CheckResult[]> {
  if (config.branding.folder === undefined) return [];
  const about = 'branding.folder';
  try {
    openBranding(config);
    return [{ level: 'ok', about, found: 'Logo, theme and templates can be used.' }];
  } catch (error) {
    if (!hasCode(error, 'configuration_invalid')) throw error;
    return [
      {
        level: 'error',
        about,
        found: error.message,
        remedy: 'Correct the file, or take it out of the folder.',
      },
    ];
  }
}
