import type { Clock } from '../../runtime/clock.ts';
import type { Questions } from './questions.ts';

/** How long a server that was out is left alone, so that not every login waits for it. */
const PAUSE_MS = 10_000;

/**
 * Several servers with the same data (a primary and its replicas) as one: the first that answers. A server that is out
 * is passed over for a while, and asked before giving up.
 *
 * @param isOut whether an error means that the server, not the statement, is at fault
 */
export function askInOrder(
  servers: readonly Questions[],
  { clock, isOut }: { clock: Clock; isOut: (error: unknown) => boolean },
): Questions {
  const pausedUntil = new Map<Questions, number>();
  const isPaused = (server: Questions) => (pausedUntil.get(server) ?? 0) > clock();

  return {
    async ask(sql, texts) {
      const order = [...servers.filter((server) => !isPaused(server)), ...servers.filter(isPaused)];
      let fault: unknown;
      for (const server of order) {
        try {
          const rows = await server.ask(sql, texts);
          pausedUntil.delete(server);
          return rows;
        } catch (error) {
          if (!isOut(error)) throw error;
          pausedUntil.set(server, clock() + PAUSE_MS);
          fault = error;
        }
      }
      throw fault;
    },
    async close() {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
