import { createServer } from 'node:net';
import { BridgeError } from '../domain/errors.ts';

export const LOOPBACK = '127.0.0.1';

export interface PortWish {
  /** Taken if it is free. */
  readonly preferred: number;
  /** Asked for by name: another one will not do. */
  readonly required?: number | undefined;
}

/**
 * Finds a free port on the loopback address for each wish, no two alike.
 *
 * @throws BridgeError `invalid_request` when a required port is taken
 */
export async function choosePorts(wishes: readonly PortWish[]): Promise<number[]> {
  const held: Held[] = [];
  try {
    for (const wish of wishes) held.push(await hold(wish));
    return held.map(({ port }) => port);
  } finally {
    await Promise.all(held.map(({ release }) => release()));
  }
}

interface Held {
  readonly port: number;
  release(): Promise<void>;
}

async function hold({ preferred, required }: PortWish): Promise<Held> {
  if (required !== undefined) {
    const held = await tryToHold(required);
    if (held !== undefined) return held;
    throw new BridgeError(
      'invalid_request',
      `Port ${required} on ${LOOPBACK} is not free. Choose another one, or leave it out and the demo finds one.`,
    );
  }
  const held = (await tryToHold(preferred)) ?? (await tryToHold(0));
  if (held !== undefined) return held;
  throw new BridgeError('invalid_request', `No port on ${LOOPBACK} could be opened.`);
}

function tryToHold(port: number): Promise<Held | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(undefined));
    server.listen(port, LOOPBACK, () => {
      const address = server.address();
      done({
        port: typeof address === 'object' && address !== null ? address.port : port,
        release: () => new Promise((closed) => server.close(() => closed())),
      });
    });
  });
}
