import { createServer } from 'node:http';
import type Koa from 'koa';
import { BridgeError } from '../domain/errors.ts';

/** How long requests under way may take to finish once the server closes, in milliseconds. */
const GRACE_MS = 10_000;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

export interface Listening {
  readonly port: number;
  /** Takes no new connections, lets the requests under way finish (10 s at most), then closes every connection. */
  close(): Promise<void>;
}

/**
 * Serves an app over HTTP; TLS is the proxy's.
 *
 * @param port 0 takes a free one
 * @throws BridgeError `configuration_invalid` when the address is taken or not allowed
 */
export async function listen(
  app: Koa,
  { host, port, graceMs = GRACE_MS }: { host: string; port: number; graceMs?: number },
): Promise<Listening> {
  const server = createServer(
    { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    app.callback(),
  );
  await new Promise<void>((done, fail) => {
    server.once('error', (error) => fail(asSentence(error, host, port)));
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      done();
    });
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise<void>((done) => {
        const atTheEnd = setTimeout(() => server.closeAllConnections(), graceMs);
        // A connection that was busy when the server closed becomes idle later, and would then be kept alive.
        const sweep = setInterval(() => server.closeIdleConnections(), 50);
        server.close(() => {
          clearTimeout(atTheEnd);
          clearInterval(sweep);
          done();
        });
      }),
  };
}

function asSentence(error: Error & { code?: string }, host: string, port: number): Error {
  const what = {
    EADDRINUSE: 'something listens there already',
    EACCES: 'this account may not use that port',
    EADDRNOTAVAIL: 'this machine has no such address',
  }[error.code ?? ''];
  if (what === undefined) return error;
  return new BridgeError(
    'configuration_invalid',
    `The bridge cannot listen on ${host}:${port}: ${what}. Set another host or port for it.`,
    { cause: error },
  );
}
