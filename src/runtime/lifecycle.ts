import type { Logger } from './logger.ts';

/** What must be closed at the end, in the reverse order of its making. */
export interface Lifecycle {
  onClose(name: string, close: () => Promise<void> | void): void;
  /** Closes everything; a part that fails to close is logged and does not keep the others from closing. */
  close(): Promise<void>;
}

export function createLifecycle(logger: Logger): Lifecycle {
  const parts: { name: string; close: () => Promise<void> | void }[] = [];
  return {
    onClose(name, close) {
      parts.push({ name, close });
    },
    async close() {
      for (const part of parts.splice(0).reverse()) {
        try {
          await part.close();
        } catch (err) {
          logger.warn({ err, part: part.name }, 'A part of the bridge did not close cleanly.');
        }
      }
    },
  };
}
