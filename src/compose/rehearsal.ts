import type { Config } from '../config/schema.ts';
import { BridgeError, hasCode } from '../domain/errors.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import { offeredClaims, offeredOnce } from '../legacy/offered-claims.ts';
import type { Rehearsal } from '../login/rehearsal.ts';
import type { RehearsedClient } from '../login/rehearse-client.ts';
import { rehearseLogin } from '../login/rehearse-login.ts';
import { claimsByScope } from '../oidc/claims.ts';
import { createPasswords } from '../passwords/create-passwords.ts';
import type { Passwords } from '../passwords/passwords.ts';
import { rehashSettings } from '../passwords/pool/rehash.ts';
import { createLifecycle } from '../runtime/lifecycle.ts';
import { openDirectories, openTarget } from './connectors.ts';
import { openHooks } from './hooks.ts';
import { SAMPLE_ROWS } from './look-around.ts';
import { openRecords, type Records } from './records.ts';
import type { World } from './world.ts';

export interface RehearsalRequest {
  readonly identifier: string;
  /** Undefined: everything but the verdict. Taken over and wiped. */
  readonly password: Uint8Array | undefined;
  /** This client alone. */
  readonly clientId: string | undefined;
}

export interface RehearsalReport extends Rehearsal {
  /** Whether the bridge has kept anything yet that a rehearsal could look at. */
  readonly records: Records['state'];
}

/**
 * What the bridge would do for somebody who logs in now. Changes nothing anywhere.
 *
 * @throws BridgeError `invalid_request` for a client that there is not; `store_unavailable`; `store_key_wrong`
 */
export async function rehearse(
  config: Config,
  world: World,
  { identifier, password, clientId }: RehearsalRequest,
): Promise<RehearsalReport> {
  const lifecycle = createLifecycle(world.logger);
  try {
    const records = await openRecords(config, world);
    lifecycle.onClose('store', records.close);
    const clients = narrowed(records.clients, clientId);
    const directories = openDirectories(config.legacy, world);
    lifecycle.onClose('legacy directories', directories.close);
    const targets = Object.entries(config.targets).map(([name, options]) => openTarget(name, options));
    for (const target of targets) lifecycle.onClose(`target ${target.name}`, target.close);
    const hooks = await openHooks(config, world);
    const offered = offeredOnce([...config.legacy.flatMap(offeredClaims), ...hooks.offered]);
    const passwords = createPasswords({ ...config.passwords, ...ONE_THREAD }, world.logger, world.random);
    lifecycle.onClose('password workers', passwords.close);
    await warmUp(directories, passwords);
    const deps = {
      ...records,
      directories,
      passwords,
      hooks,
      clients,
      targets: new Map(targets.map((target) => [target.name, target])),
      claims: (subject: string, profile: Parameters<typeof claimsByScope>[1]) =>
        claimsByScope(subject, profile, offered),
      rehashSettings: (replaces: Parameters<typeof rehashSettings>[0]) =>
        rehashSettings(replaces, config.passwords.argon2id),
      clock: world.clock,
    };
    return { ...(await rehearseLogin(deps, identifier, password)), records: records.state };
  } finally {
    password?.fill(0);
    await lifecycle.close();
  }
}

/** One after the other is all that is asked of it; a second thread might still be starting when everything closes. */
const ONE_THREAD = { threads: 1 };

function narrowed(clients: readonly RehearsedClient[], clientId: string | undefined): RehearsedClient[] {
  const chosen = clients.filter(({ metadata }) => clientId === undefined || metadata.client_id === clientId);
  if (clientId === undefined || chosen.length > 0) return chosen;
  const names = clients.map(({ metadata }) => metadata.client_id).join(', ') || 'none yet';
  throw new BridgeError('invalid_request', `There is no client "${clientId}"; clients: ${names}.`);
}

/** So that the times are those of a bridge that has been running: connected, its threads started, the decoy learnt. */
async function warmUp(directories: LegacyDirectories, passwords: Passwords): Promise<void> {
  try {
    passwords.calibrate(await directories.sampleCredentials(SAMPLE_ROWS));
  } catch (error) {
    if (!hasCode(error, 'legacy_unavailable')) throw error;
  }
  await passwords.spendDecoy(new Uint8Array());
}
