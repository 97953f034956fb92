import { createServer, type ServerResponse } from 'node:http';
import type { PutResult, Target } from '../../src/targets/target.ts';
import { fakeTarget } from './test-courier.ts';

export const HTTP_FAULTS = [
  '500',
  '429',
  'reset before',
  'reset half-way',
  'answer lost',
  'silence',
] as const;
export type HttpFault = (typeof HTTP_FAULTS)[number];

/** A new platform with an HTTP API that keeps people by external id, and fails as it is told. */
export interface HttpPlatform {
  readonly target: Target;
  /** By external id: how often the person was created, and the body that is there. */
  readonly people: ReadonlyMap<string, { created: number; body: string }>;
  /** Requests that came while nobody should have sent any. */
  readonly early: () => number;
  /** What becomes of the next requests, one each; then all is well. */
  fail(...faults: HttpFault[]): void;
  close(): Promise<void>;
}

const TIMEOUT_MS = 300;
const RETRY_AFTER_S = 1;

export async function createHttpPlatform(): Promise<HttpPlatform> {
  const people = new Map<string, { created: number; body: string }>();
  const faults: HttpFault[] = [];
  let [closedUntil, early] = [0, 0];

  function store(id: string, body: string): number {
    const known = people.get(id);
    people.set(id, { created: (known?.created ?? 0) + (known === undefined ? 1 : 0), body });
    return known === undefined ? 201 : 200;
  }
  function answer(id: string, body: string, response: ServerResponse): void {
    switch (faults.shift()) {
      case '500':
        return void response.writeHead(500).end();
      case '429':
        closedUntil = performance.now() + RETRY_AFTER_S * 1_000;
        return void response.writeHead(429, { 'retry-after': String(RETRY_AFTER_S) }).end();
      case 'reset before':
        return void response.destroy();
      case 'reset half-way':
        store(id, body);
        response.writeHead(200, { 'content-length': 1_000 }).write('{');
        return void setImmediate(() => response.destroy());
      case 'answer lost':
        store(id, body);
        return void response.destroy();
      case 'silence':
        store(id, body);
        return;
      case undefined:
        return void response.writeHead(store(id, body)).end('{}');
    }
  }
  const server = createServer((request, response) => {
    // What was on its way already is no disobedience, and two clocks may differ by a little.
    const left = closedUntil - performance.now();
    if (left > RETRY_AFTER_S * 100 && left < RETRY_AFTER_S * 800) early += 1;
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => answer(decodeURIComponent((request.url ?? '').slice(1)), body, response));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  async function put(id: string, body: string): Promise<PutResult> {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/${encodeURIComponent(id)}`, {
        method: 'PUT',
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.text();
      if (response.status === 429) {
        const retryAfterMs = 1_000 * Number(response.headers.get('retry-after'));
        return { kind: 'throttled', reason: '429', retryAfterMs };
      }
      if (response.status >= 500) return { kind: 'unavailable', reason: String(response.status) };
      return { kind: response.status === 201 ? 'created' : 'updated' };
    } catch {
      return { kind: 'unavailable', reason: 'no whole answer' };
    }
  }
  return {
    target: { ...fakeTarget(), put: (copy) => put(copy.externalId, JSON.stringify(copy)) },
    people,
    early: () => early,
    fail: (...more) => void faults.push(...more),
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
