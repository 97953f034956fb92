/** How often a write is repeated when the engine gave it up in favour of another one. */
const TRIES = 5;

/** InnoDB's deadlock (1213) and lock wait timeout (1205), which Galera also uses, and SQLite's busy file. */
export function isLockTrouble(error: unknown): boolean {
  const { errno } = (error ?? {}) as { errno?: unknown };
  return errno === 1213 || errno === 1205 || isBusyFile(error);
}

function isBusyFile(error: unknown): boolean {
  const { cause } = (error ?? {}) as { cause?: unknown };
  return /^SQLITE_(BUSY|LOCKED)/.test(String((cause as { code?: unknown } | null | undefined)?.code));
}

/**
 * Repeats a single statement that lost against another one; it did nothing, so repeating it is safe. A busy SQLite file has
 * been waited for already, with the whole process: once is enough.
 */
export async function despiteLocks<T>(statement: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await statement();
    } catch (error) {
      if (!isLockTrouble(error) || isBusyFile(error) || tries === TRIES) throw error;
    }
  }
}
