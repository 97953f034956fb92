import { lookup } from 'node:dns/promises';
import { listClients } from '../../clients/client-rows.ts';
import type { Config } from '../../config/schema.ts';
import type { CheckResult } from '../../domain/check.ts';
import { hasCode } from '../../domain/errors.ts';
import type { Clock } from '../../runtime/clock.ts';
import { createSealing } from '../../runtime/sealing.ts';
import { checkStore } from '../../store/check-store.ts';
import { openStore } from '../../store/open-store.ts';
import { createSealedKeys } from '../../store/sealed-keys.ts';
import type { Store } from '../../store/store.ts';
import type { World } from '../world.ts';

const DAY_MS = 86_400_000;
/** Signing keys are usually changed once a year. */
const OLD_KEY_DAYS = 400;
const MAX_SKEW_MS = 2_000;

/** The bridge's own records: the store, the keys in it, the clients. Changes nothing. */
export async function checkRecords(config: Config, world: World): Promise<CheckResult[]> {
  const { state, result } = await checkStore(config.store, world.clock);
  const configured = config.clients.map(({ client_id, redirect_uris }) => ({ client_id, redirect_uris }));
  if (state !== 'current') return [result, ...(await checkClients(configured, config.issuer))];
  const store = openStore(config.store, world.clock);
  try {
    return [
      result,
      ...(await checkStoreClock(store, world.clock)),
      ...(await checkKeys(config, store, world)),
      ...(await checkClients([...configured, ...(await storedClients(store))], config.issuer)),
    ];
  } finally {
    await store.close();
  }
}

async function checkStoreClock(store: Store, clock: Clock): Promise<CheckResult[]> {
  const skew = Math.abs((await store.now()) - clock());
  if (skew <= MAX_SKEW_MS)
    return [{ level: 'ok', about: 'clock', found: 'This clock and the store’s agree.' }];
  return [
    {
      level: 'warning',
      about: 'clock',
      found: `The clock of this machine and the one of the store differ by ${Math.round(skew / 1000)} s.`,
      remedy: 'Keep both with NTP: leases and tokens are judged by their times.',
    },
  ];
}

async function checkKeys(config: Config, store: Store, { random, clock }: World): Promise<CheckResult[]> {
  const about = 'keys';
  const keys = createSealedKeys(store, createSealing(config.secretKey, 'keys', random), random);
  try {
    const [newest] = await keys.list('signing');
    if (newest === undefined)
      return [{ level: 'ok', about, found: 'Signing keys will be made at the first start.' }];
    const days = Math.floor((clock() - newest.createdAt) / DAY_MS);
    const found = `The signing keys are ${days} ${days === 1 ? 'day' : 'days'} old.`;
    if (days <= OLD_KEY_DAYS) return [{ level: 'ok', about, found }];
    return [
      {
        level: 'warning',
        about,
        found,
        remedy: 'Plan to make new ones; relying parties fetch them by themselves.',
      },
    ];
  } catch (error) {
    if (!hasCode(error, 'store_key_wrong')) throw error;
    return [
      {
        level: 'error',
        about,
        found: error.message,
        remedy: 'Give the secretKey that this store was made with.',
      },
    ];
  }
}

interface ListedClient {
  readonly client_id: string;
  readonly redirect_uris: readonly string[];
}

async function storedClients(store: Store): Promise<ListedClient[]> {
  return (await listClients(store)).map(({ metadata }) => metadata);
}

async function checkClients(all: readonly ListedClient[], issuer: string): Promise<CheckResult[]> {
  const about = 'clients';
  const clients = [...new Map(all.map((client) => [client.client_id, client])).values()];
  if (clients.length === 0) {
    const remedy = 'Register the new platform: footbridge client add <client_id> --redirect-uri URI';
    return [{ level: 'warning', about, found: 'No client is registered, so nobody can log in yet.', remedy }];
  }
  const faults = (await Promise.all(clients.map((client) => checkRedirects(client, issuer)))).flat();
  return faults.length > 0
    ? faults
    : [{ level: 'ok', about, found: `${clients.length} registered, their addresses are known.` }];
}

async function checkRedirects(
  { client_id, redirect_uris }: ListedClient,
  issuer: string,
): Promise<CheckResult[]> {
  const about = `clients.${client_id}`;
  const results: CheckResult[] = [];
  for (const uri of redirect_uris) {
    const { protocol, hostname } = new URL(uri);
    if (!/^https?:$/.test(protocol)) continue;
    const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
    if (isLoopback && issuer.startsWith('https:')) {
      const found = `Its redirect URI ${uri} leads to the person’s own machine.`;
      results.push({
        level: 'warning',
        about,
        found,
        remedy: 'Right for a native app; remove it if it was for trying out.',
      });
    }
    if (!isLoopback && !(await resolves(hostname))) {
      const found = `The host of its redirect URI ${uri} has no address.`;
      results.push({
        level: 'warning',
        about,
        found,
        remedy: 'Correct the redirect URI: people could not come back there.',
      });
    }
  }
  return results;
}

async function resolves(hostname: string): Promise<boolean> {
  try {
    await lookup(hostname.replace(/^\[(.*)\]$/, '$1'));
    return true;
  } catch {
    return false;
  }
}
