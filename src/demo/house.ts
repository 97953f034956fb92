import { rmSync } from 'node:fs';
import type { Logger } from '../runtime/logger.ts';
import { type Random, randomToken } from '../runtime/random.ts';
import type { DemoBridge, StartBridge } from './bridge.ts';
import {
  CALLBACK_PATH,
  CLIENT_ID,
  CLIENT_NAME,
  type DemoSecrets,
  databaseFiles,
  demoConfig,
} from './configuration.ts';
import { createLegacyTable, type LegacyTable } from './legacy-table.ts';
import type { CastMember } from './new-platform/cast.ts';
import { type NewPlatform, startNewPlatform } from './new-platform/platform.ts';
import type { Person } from './people.ts';
import { LOOPBACK } from './ports.ts';

/** The model house, inhabited and open. */
export interface House {
  readonly bridge: DemoBridge;
  readonly platform: NewPlatform;
  readonly legacy: LegacyTable;
  /** The day the old system is switched off: no bridge, no legacy table. */
  switchLegacyOff(): Promise<void>;
  close(): Promise<void>;
}

export interface HouseDeps {
  readonly startBridge: StartBridge;
  readonly logger: Logger;
  readonly random: Random;
}

/**
 * Makes the legacy table and starts platform and bridge.
 *
 * @param place the folder of the databases, empty; three free ports on the loopback address
 */
export async function openHouse(
  people: readonly Person[],
  place: { folder: string; bridgePort: number; adminPort: number; platformPort: number },
  { startBridge, logger, random }: HouseDeps,
): Promise<House> {
  const files = databaseFiles(place.folder);
  const issuer = `http://${LOOPBACK}:${place.bridgePort}`;
  const platformOrigin = `http://${LOOPBACK}:${place.platformPort}`;
  const secrets: DemoSecrets = {
    secretKey: random(32).toString('base64'),
    clientSecret: randomToken(random),
  };

  const legacy = await createLegacyTable(files.legacy, people, random);
  const platform = await startNewPlatform(
    {
      name: CLIENT_NAME,
      origin: platformOrigin,
      databaseFile: files.platform,
      bridge: { issuer, clientId: CLIENT_ID, clientSecret: secrets.clientSecret },
      callbackPath: CALLBACK_PATH,
      cast: people.map((person) => castMember(person, legacy)),
    },
    { logger, random },
  );
  const bridge = await startBridge(
    demoConfig({ folder: place.folder, issuer, adminPort: place.adminPort, platformOrigin, secrets }),
  ).catch(async (error: unknown) => {
    await platform.close();
    throw error;
  });

  let bridgeOpen = true;
  const closeBridge = async () => {
    if (!bridgeOpen) return;
    bridgeOpen = false;
    await bridge.close();
  };
  return {
    bridge,
    platform,
    legacy,
    async switchLegacyOff() {
      await closeBridge();
      for (const suffix of ['', '-wal', '-shm']) rmSync(files.legacy + suffix, { force: true });
    },
    async close() {
      await platform.close();
      await closeBridge();
    },
  };
}

function castMember(person: Person, legacy: LegacyTable): CastMember {
  const { username, givenName, familyName, login, password, scheme } = person;
  const legacyShape = legacy.shapeOf(username) ?? '';
  return { username, name: `${givenName} ${familyName}`, login, password, scheme, legacyShape };
}
