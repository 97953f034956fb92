import { clientMetadata } from '../../src/clients/client.ts';
import type { Mode } from '../../src/clients/migration.ts';
import type { AdminWorld } from './admin-world.ts';
import { captureOf, person } from './test-ledger.ts';

export const CLIENTS: readonly (readonly [id: string, name: string, mode: Mode, percent: number])[] = [
  ['shop', 'Shop', 'lazy', 60],
  ['community', 'Community forum', 'cutover', 100],
  ['support', 'Help desk', 'shadow', 100],
  ['newsletter', 'Newsletter centre', 'off', 100],
  ['mobile', 'Mobile app', 'lazy', 25],
];

/** What admins turned, after so many hours. */
const TURNS: readonly { hour: number; client: string; mode: Mode; by: string; percent: number }[] = [
  { hour: 30, client: 'support', mode: 'shadow', by: 'admin:ben@example.com', percent: 100 },
  { hour: 60, client: 'shop', mode: 'lazy', by: 'admin:ann@example.com', percent: 25 },
  { hour: 110, client: 'mobile', mode: 'lazy', by: 'api:deploy', percent: 25 },
  { hour: 200, client: 'shop', mode: 'lazy', by: 'admin:ann@example.com', percent: 60 },
  { hour: 260, client: 'community', mode: 'shadow', by: 'admin:ben@example.com', percent: 100 },
];

export async function registerClients({ clients }: AdminWorld): Promise<void> {
  for (const [client_id, client_name] of CLIENTS) {
    const metadata = {
      client_id,
      client_name,
      redirect_uris: [`https://${client_id}.example.com/login/callback`],
    };
    const off = { target: 'new', mode: 'off', percent: 100 } as const;
    const moved = client_id === 'shop' ? { movedUrl: 'https://accounts.example.com/login' } : {};
    await clients.add(clientMetadata.parse(metadata), { ...off, ...moved }, 'cli:ann');
  }
  const machine = { client_id: 'deploy', client_name: 'Deployment', scope: 'admin:read admin:write' };
  await clients.add(
    clientMetadata.parse(machine),
    { target: undefined, mode: 'off', percent: 100 },
    'cli:ann',
  );
}

/** What admins turn at this hour. */
export async function turnSwitches(world: AdminWorld, hour: number): Promise<void> {
  const turned = TURNS.find((turn) => turn.hour === hour);
  if (turned) await world.clients.setMode(turned.client, turned.mode, turned.by, { percent: turned.percent });
  if (hour === 220) await turnApps(world);
}

/** Apps behind the shop that go their own way. */
async function turnApps({ clients }: AdminWorld): Promise<void> {
  await clients.setMode('shop', 'shadow', 'admin:ben@example.com', { app: 'checkout' });
  await clients.setMode('shop', 'lazy', 'admin:ann@example.com', {
    app: 'loyalty',
    percent: 10,
    allow: ['17', '@example.com'],
    deny: ['legacy:8'],
    otherwise: 'shadow',
  });
}

/**
 * What shadow saw of some people; whoever is across since then is no problem any more.
 *
 * @param schemeOf how the password of this person is hashed
 */
export async function lookInShadow(
  { shadow, ledger }: AdminWorld,
  schemeOf: (id: number) => string,
): Promise<void> {
  let problems = 0;
  for (let id = 1; id <= 64; id += 1) {
    const { fingerprint, profileDigest } = captureOf(id);
    const seen = { target: 'new', clientId: 'support', person: person(id), fingerprint, profileDigest };
    const isAcross = (await ledger.find('new', person(id)))?.passwordCopied ?? false;
    const found = isAcross ? undefined : SEEN[problems++];
    await shadow.record({ ...seen, problem: found?.problem, reason: found?.reason });
    const scheme = schemeOf(id);
    if (scheme !== 'none')
      await shadow.tally('new', scheme, id % 7 === 0 ? ['any', 'non-ascii'] : ['any'], true);
  }
}

const TAKEN = { problem: 'conflict', reason: 'A stranger at the target has this e-mail address.' } as const;
const EMPTY = { problem: 'rejected', reason: 'The target needs a value for "family_name".' } as const;
const SEEN = [TAKEN, EMPTY, TAKEN];
