import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdmin, openAdminLinks } from '../../src/admin/create-admin.ts';
import type { StewardsDesk } from '../../src/admin/desk.ts';
import { adminOptions } from '../../src/admin/options.ts';
import type { AdminScope } from '../../src/clients/client.ts';
import { createClients } from '../../src/clients/create-clients.ts';
import { createClientEditing } from '../../src/clients/edit-client.ts';
import { createSecretDigest } from '../../src/clients/secret-digest.ts';
import { deriveSubject } from '../../src/domain/subject.ts';
import { createLedgerBulk } from '../../src/ledger/create-bulk.ts';
import { createShadowRecords } from '../../src/ledger/create-shadow-records.ts';
import { createLedgerSteward } from '../../src/ledger/create-steward.ts';
import { createTargetCircuit } from '../../src/ledger/create-target-circuit.ts';
import { createTargetPeople } from '../../src/ledger/create-target-people.ts';
import { createUnverifiableRows } from '../../src/ledger/create-unverifiable-rows.ts';
import { createDirectories } from '../../src/legacy/matching/create-directories.ts';
import { NO_HOOKS } from '../../src/legacy/person-hooks.ts';
import { createCopyNow } from '../../src/migration/copy-now.ts';
import { createLogger } from '../../src/runtime/logger.ts';
import { systemRandom } from '../../src/runtime/random.ts';
import { createSealing } from '../../src/runtime/sealing.ts';
import { Secret } from '../../src/runtime/secret.ts';
import { digests, fakeDirectory, fakeTarget } from './test-courier.ts';
import { ledgerOn, openMemoryStore, stoppedClock } from './test-ledger.ts';

export const ADMIN_HOST = '127.0.0.1:4001';
const KEY = Buffer.alloc(32, 5);

/** Tokens of programs, by what they may. */
export const TOKENS: Record<string, readonly AdminScope[]> = {
  'reads-and-writes': ['admin:read', 'admin:write'],
  'only-reads': ['admin:read'],
  'may-nothing': [],
};

const OFFER: StewardsDesk['offer'] = {
  issuer: 'https://login.example.com',
  discovery: 'https://login.example.com/.well-known/openid-configuration',
  endpoints: {
    authorization_endpoint: 'https://login.example.com/authorize',
    token_endpoint: 'https://login.example.com/token',
  },
  claimsOfScopes: { openid: ['sub'], email: ['email', 'email_verified'], groups: ['groups'] },
  app: { acrPrefix: 'app:', parameter: undefined },
};

export interface AdminCall {
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** The admin listener over HTTP, on a store in memory, with one directory and one target that do as they are told. */
export async function startAdmin({
  desk: changes = {},
  oidc,
  url,
}: {
  desk?: Partial<StewardsDesk>;
  oidc?: object;
  /** Where browsers find it; `ADMIN_HOST` otherwise, and a port of its own. */
  url?: string;
} = {}) {
  const time = stoppedClock();
  const store = await openMemoryStore(time.clock);
  const logLines: string[] = [];
  const logger = createLogger('debug', { write: (line) => logLines.push(line) });
  const sealing = createSealing(new Secret(KEY), 'admin', systemRandom);
  const secrets = createSecretDigest(KEY);
  const shadow = createShadowRecords({ store });
  const clients = createClients({
    store,
    secrets,
    random: systemRandom,
    targets: new Map([['new', fakeTarget().capabilities]]),
    shadowOf: shadow.report,
  });
  const [directory, target] = [fakeDirectory(), fakeTarget()];
  const options = adminOptions.parse({ ...(oidc && { oidc }), ...(url && { url }) });
  const ledger = ledgerOn(store);
  const app = createAdmin({
    options,
    issuer: 'https://login.example.com',
    trustProxy: false,
    sealing,
    csrfKey: KEY,
    cookieKeys: ['k'.repeat(43)],
    logger,
    clock: time.clock,
    random: systemRandom,
    readToken: async (token) => {
      const scopes = TOKENS[token];
      return scopes && { clientId: token, scopes };
    },
    desk: {
      store,
      clients,
      editing: createClientEditing({ store, clients, secrets, random: systemRandom }),
      ledger,
      steward: createLedgerSteward({ store }),
      circuit: createTargetCircuit({ store }),
      unverifiable: createUnverifiableRows({ store }),
      directories: createDirectories([directory]),
      capabilities: new Map([[target.name, target.capabilities]]),
      targetPeople: createTargetPeople({ store }),
      shadow,
      isMeant: ({ percent, allow = [] }, { legacyId }) => percent === 100 || allow.includes(legacyId),
      copyNow: createCopyNow({
        directories: createDirectories([directory]),
        hooks: NO_HOOKS,
        digests,
        subjectOf: (person) => deriveSubject(KEY, person),
        bulk: createLedgerBulk({
          store,
          ledger,
          random: systemRandom,
          sealing: createSealing(new Secret(Buffer.alloc(32, 7)), 'ledger', systemRandom),
        }),
      }),
      offer: OFFER,
      targets: new Map([[target.name, target]]),
      subjectOf: (person) => deriveSubject(KEY, person),
      findSubject: async () => undefined,
      lastLoginAt: async () => undefined,
      runChecks: async () => [{ level: 'ok', about: 'store', found: 'It answers.' }],
      signingKeys: { list: async () => [], add: async () => {} },
      endSessions: async () => ({ sessions: 1, grants: 2 }),
      ...changes,
    },
  });
  const server = await new Promise<Server>((done) => {
    const listening: Server = app.listen(url === undefined ? 0 : Number(new URL(url).port), '127.0.0.1', () =>
      done(listening),
    );
  });
  const { port } = server.address() as AddressInfo;

  /** Raw, so that the test says which host it asks and which cookies it has. */
  async function send(method: string, path: string, headers: Record<string, string>, body?: string) {
    const { request } = await import('node:http');
    return new Promise<{ status: number; headers: Headers; text: string; cookies: string[] }>(
      (done, fail) => {
        const call = request({
          host: '127.0.0.1',
          port,
          method,
          path,
          headers: { Host: url === undefined ? ADMIN_HOST : new URL(url).host, ...headers },
        });
        call.on('error', fail);
        call.on('response', (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => {
            const { 'set-cookie': cookies = [], ...plain } = answer.headers;
            done({
              status: answer.statusCode ?? 0,
              headers: new Headers(plain as Record<string, string>),
              text: Buffer.concat(chunks).toString('utf8'),
              cookies,
            });
          });
        });
        call.end(body);
      },
    );
  }

  return {
    store,
    clients,
    ledger,
    shadow,
    directory,
    target,
    time,
    logLines,
    links: openAdminLinks({ store, sealing, random: systemRandom }),
    send,
    /** Asks the API as a program that may everything, unless another token is named. */
    async api(
      method: string,
      path: string,
      { token = 'reads-and-writes', headers = {}, body }: AdminCall = {},
    ) {
      const answer = await send(
        method,
        `/api/v1${path}`,
        {
          ...(token === '' ? {} : { Authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        body === undefined ? undefined : JSON.stringify(body),
      );
      return { ...answer, json: answer.text === '' ? undefined : JSON.parse(answer.text) };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await store.close();
    },
  };
}

export type AdminWorld = Awaited<ReturnType<typeof startAdmin>>;
