import type { LegacyDirectories } from '../legacy/directories.ts';
import type { Passwords } from '../passwords/passwords.ts';
import type { Logger } from '../runtime/logger.ts';

/** Of each directory: what the decoy learns from. */
export const SAMPLE_ROWS = 200;
const AGAIN_AFTER_MS = 60_000;

/**
 * Looks at the legacy directory while the bridge already serves: what is wrong is said in the log, and the decoy
 * learns what the table's usual scheme costs. While the directory is out it looks again once a minute.
 *
 * @returns how to stop looking
 */
export function startLookingAround(
  directories: LegacyDirectories,
  passwords: Passwords,
  logger: Logger,
): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let underWay = look();

  async function look(): Promise<void> {
    if (await lookAround(directories, passwords, logger)) return;
    if (stopped) return;
    timer = setTimeout(() => {
      underWay = look();
    }, AGAIN_AFTER_MS).unref();
  }

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}

/** @returns false when the directory could not be asked */
async function lookAround(
  directories: LegacyDirectories,
  passwords: Passwords,
  logger: Logger,
): Promise<boolean> {
  try {
    for (const { level, about, found, remedy } of await directories.check()) {
      if (level === 'error') logger.error({ about, remedy }, found);
      if (level === 'warning') logger.warn({ about, remedy }, found);
    }
    passwords.calibrate(await directories.sampleCredentials(SAMPLE_ROWS));
    return true;
  } catch (err) {
    logger.warn({ err }, 'The legacy directory could not be looked at; logins are tried all the same.');
    return false;
  }
}
