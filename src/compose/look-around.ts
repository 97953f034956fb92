import type { LegacyDirectory } from '../legacy/directory.ts';
import type { Passwords } from '../passwords/passwords.ts';
import type { Logger } from '../runtime/logger.ts';

const SAMPLE_ROWS = 200;

/** Looks at the legacy directory once the bridge is up: what is wrong is said in the log, and the decoy is set. */
export async function lookAround(
  directory: LegacyDirectory,
  passwords: Passwords,
  logger: Logger,
): Promise<void> {
  try {
    for (const { level, about, found, remedy } of await directory.check()) {
      if (level === 'error') logger.error({ about, remedy }, found);
      if (level === 'warning') logger.warn({ about, remedy }, found);
    }
    passwords.calibrate(await directory.sampleCredentials(SAMPLE_ROWS));
  } catch (err) {
    logger.warn({ err }, 'The legacy directory could not be looked at; logins are tried all the same.');
  }
}
