/** How often a write is repeated when the engine gave it up in favour of another one. */
const TRIES = 5;

/** InnoDB's deadlock (1213) and lock wait timeout (1205), which Galera also uses, and SQLite's busy file. */
export function isLockTrouble(error: unknown): boolean {
  const { code, errno } = (error ?? {}) as { code?: unknown; errno?: unknown };
  return errno === 1213 || errno === 1205 || /^SQLITE_(BUSY|LOCKED)/.test(String(code));
}

/** Repeats a single statement that lost against another one; it did nothing, so repeating it is safe. */
export async function despiteLocks<T>(statement: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await statement();
    } catch (error) {
      if (!isLockTrouble(error) || tries === TRIES) throw error;
    }
  }
}
