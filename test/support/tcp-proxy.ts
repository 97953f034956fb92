import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut, stopped up and mended: what an outage looks like from outside. */
export interface TcpProxy {
  readonly port: number;
  /** Ends all connections and refuses new ones. */
  cut(): Promise<void>;
  /** Carries nothing any more: connections stay, new ones are accepted, and nobody answers. */
  stall(): void;
  mend(): Promise<void>;
  /** Calls back whenever the server has said something, before the client has read it. */
  onAnswer(listener: () => void): void;
}

export async function createTcpProxy(serverPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let stalled = false;
  let answered = () => {};
  const server = createServer((client) => {
    const upstream = connect(serverPort, '127.0.0.1');
    upstream.on('data', () => answered());
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      if (!stalled) from.pipe(to);
      from.on('error', () => to.destroy()).on('close', () => sockets.delete(from));
    }
  });
  const port = await listen(server, 0);
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    onAnswer(listener) {
      answered = listener;
    },
    async cut() {
      endAll();
      if (server.listening) await new Promise((done) => server.close(done));
    },
    stall() {
      stalled = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    async mend() {
      if (stalled) endAll();
      stalled = false;
      if (!server.listening) await listen(server, port);
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', fail).listen(port, '127.0.0.1', () => {
      server.off('error', fail);
      const address = server.address();
      done(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
