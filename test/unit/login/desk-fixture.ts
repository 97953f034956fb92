import { randomBytes } from 'node:crypto';
import { vi } from 'vitest';
import type { RegisteredClient } from '../../../src/clients/client.ts';
import { clientMetadata } from '../../../src/clients/client.ts';
import type { LegacyId } from '../../../src/domain/ids.ts';
import { createDigests } from '../../../src/ledger/digests.ts';
import type { Assessment, Capture } from '../../../src/ledger/ledger.ts';
import type { LegacyDirectories } from '../../../src/legacy/directories.ts';
import type { FindResult, LegacyDirectory, LegacyUser } from '../../../src/legacy/directory.ts';
import { NO_HOOKS, type PersonHooks } from '../../../src/legacy/person-hooks.ts';
import { createLoginDesk } from '../../../src/login/create-login-desk.ts';
import { createHandOver } from '../../../src/login/hand-over.ts';
import { createPersons } from '../../../src/login/persons.ts';
import { type RehearsalDeps, rehearseLogin } from '../../../src/login/rehearse-login.ts';
import { createThrottle } from '../../../src/login/throttle.ts';
import type { Verdict } from '../../../src/passwords/verdict.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createRateLimiter } from '../../../src/store/rate-limiter.ts';
import { fakeTarget } from '../../support/test-courier.ts';

export const ANN: LegacyUser = {
  directory: 'legacy',
  id: '7' as LegacyId,
  status: 'active',
  credential: { encoded: 'right', scheme: 'test' },
  profile: { email: 'ann@example.com', email_verified: false },
};

/** A desk whose neighbours are stand-ins: one person, `ann`, whose password is `right`. */
export async function openDesk() {
  const store = openStore(new Secret('sqlite::memory:'), systemClock);
  await store.upgrade();
  const logs: string[] = [];
  const logger = createLogger('debug', { write: (line) => logs.push(line) });
  const key = randomBytes(32);
  const state = {
    client: clientOf({ mode: 'lazy', target: 'new', percent: 100 }) as RegisteredClient | undefined,
    found: (identifier: string): FindResult =>
      identifier === 'ann' ? { kind: 'found', user: ANN } : { kind: 'none' },
    byId: ANN as LegacyUser | undefined,
    lossy: false,
    hooks: NO_HOOKS as PersonHooks,
    verdict: undefined as Verdict | undefined,
    assessment: 'credential' as Assessment,
    failVerify: undefined as Error | undefined,
  };
  const captures: Capture[] = [];
  const passwords = {
    verify: vi.fn(async ({ encoded }: { encoded: string }, password: Uint8Array): Promise<Verdict> => {
      if (state.failVerify) throw state.failVerify;
      if (state.verdict) return state.verdict;
      if (Buffer.from(password).toString() !== encoded) return { kind: 'mismatch', scheme: 'test' };
      return { kind: 'match', scheme: 'test', lossy: state.lossy };
    }),
    spendDecoy: vi.fn(async () => {}),
    rehash: vi.fn(async (password: Uint8Array) => `rehash of ${Buffer.from(password).toString()}`),
    calibrate: () => {},
    close: async () => {},
  };
  const unverifiable = {
    record: vi.fn(async () => {}),
    clear: vi.fn(async () => {}),
    summary: async () => [],
  };
  const digests = createDigests(key);
  const handOver = createHandOver({
    clients: { find: async () => state.client },
    ledger: { assess: async () => state.assessment, capture: async (capture) => void captures.push(capture) },
    passwords,
    digests,
    unverifiable,
    bucketKey: key,
    logger,
  });
  const directories: LegacyDirectories = {
    byName: new Map([['legacy', {} as LegacyDirectory]]),
    find: async (identifier, onLookUp) => {
      const found = state.found(identifier);
      onLookUp?.({ directory: 'legacy', rule: 'exact', answer: found.kind, candidates: [] });
      return found;
    },
    findPerson: async () => state.byId,
    sampleCredentials: async () => [],
    ping: async () => {},
    check: async () => [],
    close: async () => {},
  };
  const hooks: PersonHooks = {
    transform: (person, profile) => state.hooks.transform(person, profile),
    admit: (person, profile, clientId) => state.hooks.admit(person, profile, clientId),
    offered: [],
  };
  const persons = createPersons(store);
  const desk = createLoginDesk({
    directories,
    passwords,
    throttle: createThrottle({
      account: await createRateLimiter(store, key, { name: 'account', events: 3, seconds: 900 }),
      address: await createRateLimiter(store, key, { name: 'address', events: 20, seconds: 900 }),
    }),
    persons,
    unverifiable,
    handOver,
    subjectKey: key,
    hooks,
    clock: systemClock,
    logger,
  });
  const login = (identifier: string, password: string, address = '192.0.2.1') =>
    desk.authenticate({ clientId: 'idp', identifier, password: Buffer.from(password), address });
  /** The same neighbours asked beforehand. */
  const rehearse = (identifier: string, password?: string, changes: Partial<RehearsalDeps> = {}) =>
    rehearseLogin(
      {
        directories,
        passwords,
        hooks,
        persons,
        clients: state.client === undefined ? [] : [{ ...state.client, registered: true }],
        ledger: { assess: async () => state.assessment, find: async () => undefined },
        digests,
        targets: new Map([['new', fakeTarget()]]),
        subjectKey: key,
        bucketKey: key,
        claims: (sub, profile) => ({ openid: { sub }, email: { email: profile.email } }),
        rehashSettings: () => ({ memoryKiB: 19_456, iterations: 2, parallelism: 1 }),
        clock: systemClock,
        ...changes,
      },
      identifier,
      password === undefined ? undefined : Buffer.from(password),
    );
  return { desk, rehearse, login, state, passwords, unverifiable, captures, logs, store };
}

export function clientOf(migration: RegisteredClient['migration']): RegisteredClient {
  return {
    metadata: clientMetadata.parse({ client_id: 'idp', redirect_uris: ['https://idp.example.com/cb'] }),
    secretDigest: undefined,
    origin: 'admin',
    migration,
    version: 1,
  };
}
