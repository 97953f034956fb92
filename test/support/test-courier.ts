import type { RegisteredClient } from '../../src/clients/client.ts';
import { BridgeError } from '../../src/domain/errors.ts';
import type { LegacyId } from '../../src/domain/ids.ts';
import type { UserProfile } from '../../src/domain/user-profile.ts';
import { createTargetCircuit } from '../../src/ledger/create-target-circuit.ts';
import { createDigests } from '../../src/ledger/digests.ts';
import type { Capture, Ledger } from '../../src/ledger/ledger.ts';
import type { LegacyDirectory, LegacyUser } from '../../src/legacy/directory.ts';
import { NO_HOOKS } from '../../src/legacy/person-hooks.ts';
import { createWorker, type WorkerDependencies } from '../../src/migration/create-worker.ts';
import { workerOptions } from '../../src/migration/options.ts';
import type { Worker } from '../../src/migration/worker.ts';
import type { Clock } from '../../src/runtime/clock.ts';
import { noFaults } from '../../src/runtime/fault-points.ts';
import { createLogger } from '../../src/runtime/logger.ts';
import { systemRandom } from '../../src/runtime/random.ts';
import type { Store } from '../../src/store/store.ts';
import type { PutResult, Target, UserCopy } from '../../src/targets/target.ts';
import { captureOf, ledgerOn } from './test-ledger.ts';

export const digests = createDigests(Buffer.alloc(32, 3));

/** A legacy directory in memory, which can be out. */
export interface FakeDirectory extends LegacyDirectory {
  readonly users: Map<string, LegacyUser>;
  out: boolean;
  /** How often somebody was read again. */
  reads: number;
}

export function fakeDirectory(): FakeDirectory {
  const users = new Map<string, LegacyUser>();
  const directory: FakeDirectory = {
    name: 'legacy',
    users,
    out: false,
    reads: 0,
    find: async () => ({ kind: 'none' }),
    async findById(id) {
      directory.reads += 1;
      if (directory.out) throw new BridgeError('legacy_unavailable', 'The legacy directory is out.');
      return users.get(id);
    },
    findMany: async (ids) => {
      if (directory.out) throw new BridgeError('legacy_unavailable', 'The legacy directory is out.');
      return ids.flatMap((id) => users.get(id) ?? []);
    },
    scan: async () => ({ rows: [...users.values()], next: undefined }),
    changedSince: async () => ({ rows: [], watermark: undefined, more: false }),
    count: async () => users.size,
    sampleCredentials: async () => [],
    ping: async () => {},
    check: async () => [],
    close: async () => {},
  };
  return directory;
}

export function legacyUser(
  id: string | number,
  profile: UserProfile = {},
  encoded = `old-${id}`,
): LegacyUser {
  return {
    directory: 'legacy',
    id: String(id) as LegacyId,
    status: 'active',
    credential: { encoded, scheme: 'auto' },
    profile: { email: `person-${id}@example.com`, ...profile },
  };
}

/** What the desk captures when this person logs in. */
export function loginOf(user: LegacyUser, changes: Partial<Capture> = {}): Capture {
  return captureOf(user.id, {
    fingerprint: digests.fingerprint(user.credential),
    profileDigest: digests.profile(user.profile),
    ...changes,
  });
}

/** A target that answers as it is told and remembers what it was sent. */
export interface FakeTarget extends Target {
  readonly puts: UserCopy[];
  answer: (copy: UserCopy) => PutResult | Promise<PutResult>;
}

export function fakeTarget(name = 'new'): FakeTarget {
  const target: FakeTarget = {
    name,
    capabilities: {
      firstHash: true,
      laterHash: true,
      encodings: ['argon2id'],
      verify: false,
      disable: false,
      remove: false,
    },
    puts: [],
    answer: () => ({ kind: 'created' }),
    async put(copy) {
      target.puts.push(copy);
      return target.answer(copy);
    },
    preview: async ({ externalId }) => ({ fields: [{ name: 'external_id', value: externalId }] }),
    check: async () => [],
    close: async () => {},
  };
  return target;
}

export type FakeClients = Map<string, { mode: 'off' | 'lazy'; target: string | undefined }>;

export const clientsOf = (switches: FakeClients): WorkerDependencies['clients'] => ({
  async find(clientId) {
    const migration = switches.get(clientId);
    return migration && ({ migration: { ...migration, percent: 100 } } as RegisteredClient);
  },
});

interface CourierParts {
  readonly store: Store;
  readonly target: Target;
  readonly directory: LegacyDirectory;
  readonly clock: Clock;
  readonly options?: Record<string, unknown>;
  readonly log?: (line: string) => void;
}

/** A courier on a store, with everything else as it comes. */
export function courierOn(
  { store, target, directory, clock, options, log = () => {} }: CourierParts,
  changes: Partial<WorkerDependencies> = {},
): { worker: Worker; ledger: Ledger } {
  const ledger = ledgerOn(store);
  const worker = createWorker({
    hooks: NO_HOOKS,
    ledger,
    circuit: createTargetCircuit({ store }),
    rates: { take: async () => 0 },
    targets: new Map([[target.name, target]]),
    directories: new Map([[directory.name, directory]]),
    clients: clientsOf(new Map([['app', { mode: 'lazy', target: target.name }]])),
    digests,
    options: workerOptions.parse({ pollMs: 50, ...options }),
    logger: createLogger('debug', { write: log }),
    clock,
    random: systemRandom,
    faults: noFaults,
    ...changes,
  });
  return { worker, ledger };
}
