import { asConfigured } from '../clients/as-configured.ts';
import type { RegisteredClient } from '../clients/client.ts';
import { listClients } from '../clients/client-rows.ts';
import type { ClientOptions } from '../clients/options.ts';
import type { Config } from '../config/schema.ts';
import { BridgeError } from '../domain/errors.ts';
import { createLedger } from '../ledger/create-ledger.ts';
import { createDigests, type Digests } from '../ledger/digests.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { createPersons, type Persons } from '../login/persons.ts';
import type { RehearsedClient } from '../login/rehearse-client.ts';
import { createSealing } from '../runtime/sealing.ts';
import { checkStore } from '../store/check-store.ts';
import { openStoreToRead } from '../store/open-store.ts';
import { createSealedKeys } from '../store/sealed-keys.ts';
import { keyDerivation } from './key-derivation.ts';
import { firstSubjectKey } from './subject-key.ts';
import type { World } from './world.ts';

/** The bridge's own records, to be looked at alone: no table, key or client is made. */
export interface Records {
  /** `missing` and `outdated`: the next start makes its tables, and nothing is known of anybody here. */
  readonly state: 'current' | 'missing' | 'outdated';
  /** As the next start leaves them. */
  readonly clients: readonly RehearsedClient[];
  readonly ledger: Pick<Ledger, 'assess' | 'find'>;
  readonly persons: Pick<Persons, 'find'>;
  readonly digests: Digests;
  readonly subjectKey: Uint8Array;
  /** Undefined before the first start. */
  readonly bucketKey: Uint8Array | undefined;
  close(): Promise<void>;
}

/** @throws BridgeError `store_unavailable`; `store_key_wrong` */
export async function openRecords(config: Config, world: World): Promise<Records> {
  const { state, result } = await checkStore(config.store, world.clock);
  if (state === 'unusable') {
    throw new BridgeError('store_unavailable', [result.found, result.remedy].filter(Boolean).join(' '));
  }
  return state === 'current' ? readRecords(config, world) : noRecords(config, state);
}

async function readRecords(config: Config, { clock, random }: World): Promise<Records> {
  const store = openStoreToRead(config.store, clock);
  try {
    const sealing = (purpose: string) => createSealing(config.secretKey, purpose, random);
    const keys = createSealedKeys(store, sealing('keys'), random);
    const [base] = await keys.list('base');
    const [subject] = await keys.list('subject');
    const deriveKey = base && keyDerivation(base.bytes);
    const registered = await listClients(store);
    return {
      state: 'current',
      clients: clientsAfterStart(registered, config.clients),
      ledger: createLedger({ store, sealing: sealing('ledger'), random }),
      persons: createPersons(store),
      digests: createDigests(deriveKey?.('digests') ?? NO_KEY),
      subjectKey: subject?.bytes ?? firstSubjectKey(config),
      bucketKey: deriveKey?.('buckets'),
      close: store.close,
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function noRecords(config: Config, state: 'missing' | 'outdated'): Records {
  return {
    state,
    clients: clientsAfterStart([], config.clients),
    ledger: { assess: async () => 'credential', find: async () => undefined },
    persons: { find: async () => undefined },
    digests: createDigests(NO_KEY),
    subjectKey: firstSubjectKey(config),
    bucketKey: undefined,
    close: async () => {},
  };
}

/** For digests that nothing is compared with. */
const NO_KEY = Buffer.alloc(32);

function clientsAfterStart(
  registered: readonly RegisteredClient[],
  configured: readonly ClientOptions[],
): RehearsedClient[] {
  const byId = new Map<string, RehearsedClient>(
    registered.map((client) => [client.metadata.client_id, { ...client, registered: true }]),
  );
  for (const options of configured) {
    const present = registered.find(({ metadata }) => metadata.client_id === options.client_id);
    byId.set(options.client_id, {
      ...asConfigured(options, present),
      registered: present !== undefined,
    });
  }
  return [...byId.values()];
}
