import { createHash, randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { ClientMetadata, RegisteredClient } from '../../src/clients/client.ts';
import type { Clients } from '../../src/clients/clients.ts';
import { BridgeError } from '../../src/domain/errors.ts';
import type { Subject } from '../../src/domain/ids.ts';
import type { OfferedClaim, UserProfile } from '../../src/domain/user-profile.ts';
import { type Branding, NO_BRANDING } from '../../src/http/branding.ts';
import { listen } from '../../src/http/listen.ts';
import { createPorch } from '../../src/http/porch.ts';
import type { LoginAttempt, LoginDesk } from '../../src/login/login-desk.ts';
import type { LoginOutcome } from '../../src/login/outcome.ts';
import type { ArtifactDeps } from '../../src/oidc/artifacts/artifact-adapter.ts';
import { createOidc } from '../../src/oidc/create-oidc.ts';
import { oidcOptions } from '../../src/oidc/options.ts';
import { createSayRefusal } from '../../src/oidc/say-refusal.ts';
import { loadSigningKeys, type SigningKeys } from '../../src/oidc/signing-keys.ts';
import { type Clock, systemClock } from '../../src/runtime/clock.ts';
import { createLogger } from '../../src/runtime/logger.ts';
import { type Random, systemRandom } from '../../src/runtime/random.ts';
import { createSealing } from '../../src/runtime/sealing.ts';
import { Secret } from '../../src/runtime/secret.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createSealedKeys } from '../../src/store/sealed-keys.ts';
import type { Store } from '../../src/store/store.ts';
import { type Browser, createBrowser, fetchVia, type Hosts } from './browser.ts';
import { freePort } from './database-server.ts';

export const SECRET = 'the-new-platforms-client-secret-0123456789';
export const CALLBACK = 'https://app.example.com/callback';
export const PASSWORD = 'correct horse battery staple';

const SEALING_KEY = new Secret(randomBytes(32));

/** A person of the fake desk: `profile` for those who are there, an outcome for those who are not let in. */
export interface FakePerson {
  readonly profile?: UserProfile;
  readonly outcome?: LoginOutcome;
}

/** A desk that says what the test wants, and remembers what it was asked. */
export function fakeDesk(people: Record<string, FakePerson>) {
  const attempts: LoginAttempt[] = [];
  const gone = new Set<string>();
  let outage = false;
  const subjectOf = (identifier: string) => `subject-of-${identifier}` as Subject;
  const desk: LoginDesk = {
    async authenticate(attempt) {
      attempts.push(attempt);
      const person = people[attempt.identifier];
      if (person?.outcome !== undefined) return person.outcome;
      if (person === undefined || Buffer.from(attempt.password).toString() !== PASSWORD) {
        return { kind: 'rejected' };
      }
      return { kind: 'authenticated', subject: subjectOf(attempt.identifier) };
    },
    async findAccount(subject) {
      if (outage) throw new BridgeError('legacy_unavailable', 'The legacy directory does not answer.');
      const found = Object.entries(people).find(([name]) => subjectOf(name) === subject);
      if (found === undefined || gone.has(found[0])) return undefined;
      return { subject: subject as Subject, profile: found[1].profile ?? {} };
    },
    async close() {},
  };
  return {
    desk,
    attempts,
    subjectOf,
    remove: (identifier: string) => gone.add(identifier),
    setOutage: (now: boolean) => {
      outage = now;
    },
  };
}

const digestOf = (secret: string) => createHash('sha256').update(`fake ${secret}`).digest('hex');

/** A register of clients in memory; what the hall does not need is not there. */
export function fakeClients(registered: readonly ClientMetadata[]): Clients & {
  replace(metadata: ClientMetadata, secret?: string): void;
} {
  const rows = new Map<string, RegisteredClient>();
  const replace = (metadata: ClientMetadata, secret = SECRET) => {
    rows.set(metadata.client_id, {
      metadata,
      secretDigest: metadata.token_endpoint_auth_method.startsWith('client_secret')
        ? digestOf(secret)
        : undefined,
      origin: 'admin',
      migration: { target: undefined, mode: 'off', percent: 100 },
      version: 1,
    });
  };
  for (const metadata of registered) replace(metadata);
  const notHere = (): never => {
    throw new Error('The hall must not call this.');
  };
  return {
    replace,
    find: async (clientId) => rows.get(clientId),
    verifySecret: ({ secretDigest }, secret) =>
      secretDigest !== undefined && secretDigest === digestOf(secret),
    list: notHere,
    add: notHere,
    remove: notHere,
    setMode: notHere,
    removeApp: notHere,
    foresee: notHere,
    lastSwitch: notHere,
    undoSwitch: notHere,
    doubtsAboutCutover: notHere,
    adoptConfigured: notHere,
    auditOf: notHere,
  };
}

export function client(metadata: Partial<ClientMetadata> & { client_id: string }): ClientMetadata {
  return {
    redirect_uris: [CALLBACK],
    token_endpoint_auth_method: 'client_secret_basic',
    pkce: 'required',
    ...metadata,
  };
}

export const ALICE: UserProfile = {
  name: 'Alice Example',
  given_name: 'Alice',
  family_name: 'Example',
  preferred_username: 'alice',
  email: 'alice@example.com',
  phone_number: '+49 30 1234567',
  address: { street_address: 'Allee 1', locality: 'Berlin' },
  birthdate: '1980-01-31',
  updated_at: 1_700_000_000,
};

export interface OidcWorld {
  readonly issuer: string;
  readonly port: number;
  readonly hosts: Hosts;
  readonly store: Store;
  readonly logLines: string[];
  readonly fetch: typeof fetch;
  /** Everything random that the bridge has drawn, as base64url. */
  readonly drawn: string[];
  readonly signingKeys: SigningKeys;
  /** What reads and writes the artifacts, as the hall has it. */
  readonly artifacts: Omit<ArtifactDeps, 'store'>;
  readonly clients: ReturnType<typeof fakeClients>;
  readonly people: ReturnType<typeof fakeDesk>;
  browser(headers?: Record<string, string>): Browser;
  close(): Promise<void>;
}

/**
 * Lets the event loop turn before each answer, as it does when a server gives it. Embedded SQLite answers at once, so
 * in one process a request would be over before the next one is read, and no test could show two that race.
 */
function answeringInTurns(store: Store): Store {
  const db = store.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      await setImmediate();
      return result;
    },
  });
  return { ...store, db };
}

/** The bridge's porch and hall over real HTTP on 127.0.0.1, with a fake desk and register. */
export async function startOidc({
  issuer,
  clients = [client({ client_id: 'rp' })],
  people = {
    alice: { profile: ALICE },
    bob: { profile: { email: 'bob@example.com', email_verified: true } },
  },
  store: given,
  trustProxy = false,
  cookieKeys = [randomBytes(32).toString('base64url')],
  lifetimes = {},
  clock = systemClock,
  offered = [],
  branding = NO_BRANDING,
}: {
  /** An https issuer is reached through `hosts`; without one it is http on a loopback port. */
  issuer?: string;
  clients?: readonly ClientMetadata[];
  people?: Record<string, FakePerson>;
  store?: Store;
  trustProxy?: false | readonly string[];
  cookieKeys?: readonly string[];
  lifetimes?: Record<string, number>;
  clock?: Clock;
  offered?: readonly OfferedClaim[];
  branding?: Branding;
} = {}): Promise<OidcWorld> {
  const port = await freePort();
  const address = issuer ?? `http://127.0.0.1:${port}`;
  const logLines: string[] = [];
  const logger = createLogger('debug', { write: (line) => logLines.push(line) });
  const opened = given ?? openStore(new Secret('sqlite::memory:'), clock);
  await opened.upgrade();
  const store = answeringInTurns(opened);
  const sealing = createSealing(SEALING_KEY, 'artifacts', systemRandom);
  const signingKeys = await loadSigningKeys(
    createSealedKeys(store, createSealing(SEALING_KEY, 'keys', systemRandom), systemRandom),
    await store.now(),
  );
  const drawn: string[] = [];
  const random: Random = (bytes) => {
    const value = systemRandom(bytes);
    drawn.push(value.toString('base64url'));
    return value;
  };
  const register = fakeClients(clients);
  const desk = fakeDesk(people);
  const app = createPorch({
    issuer: new URL(address),
    trustProxy,
    cookieKeys,
    health: [],
    branding,
    sayRefusal: createSayRefusal(branding),
    logger,
    clock,
    random,
  });
  app.use(
    createOidc({
      issuer: address,
      options: oidcOptions.parse({ lifetimes }),
      store,
      sealing,
      clients: register,
      desk: desk.desk,
      offered,
      keys: signingKeys,
      cookieKeys,
      csrfKey: Buffer.alloc(32, 9),
      branding,
      logger,
      clock,
      random,
    }),
  );
  const server = await listen(app, { host: '127.0.0.1', port });
  const { origin } = new URL(address);
  const hosts: Hosts = { [origin]: port };
  return {
    issuer: address,
    port,
    hosts,
    store,
    logLines,
    signingKeys,
    artifacts: { sealing, clock, logger, clockTolerance: 10 },
    clients: register,
    people: desk,
    fetch: fetchVia(hosts),
    drawn,
    browser: (headers = {}) => createBrowser(hosts, (url) => url.origin !== origin, headers),
    async close() {
      await server.close();
      if (given === undefined) await opened.close();
    },
  };
}
