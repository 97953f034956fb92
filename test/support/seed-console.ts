import type { StewardsDesk } from '../../src/admin/desk.ts';
import { clientMetadata } from '../../src/clients/client.ts';
import type { Mode } from '../../src/clients/migration.ts';
import type { Subject } from '../../src/domain/ids.ts';
import type { UserProfile } from '../../src/domain/user-profile.ts';
import { createLedgerSteward } from '../../src/ledger/create-steward.ts';
import { createUnverifiableRows } from '../../src/ledger/create-unverifiable-rows.ts';
import type { Settlement } from '../../src/ledger/ledger.ts';
import { noteInAudit } from '../../src/store/audit.ts';
import type { AdminWorld } from './admin-world.ts';
import type { ConsoleWorld } from './console.ts';
import { legacyUser } from './test-courier.ts';
import { captureOf, person, stoppedClock } from './test-ledger.ts';

const HOUR = 3_600_000;
/** When the clock of a world stands at its beginning. */
const START = stoppedClock().clock();
const DAYS = 14;

const SHAPES: readonly (readonly [encoded: string, scheme: string, share: number])[] = [
  [`$2y$10$${'a'.repeat(53)}`, 'bcrypt', 52],
  ['0cc175b9c0f1b6a831c399e269772661', 'md5($pass)', 22],
  [`$P$B${'a'.repeat(30)}`, 'phpass', 12],
  ['86f7e437faa5a7fce15d1ddcb9eaeaea377667b8', 'sha1($pass)', 9],
  ['!', 'none', 3],
  ['not a hash', 'none', 2],
];
/** Password columns of a table that is twelve years old, and how many rows are like each. */
const SAMPLE: readonly (readonly [encoded: string, scheme: string, rows: number])[] = [
  [`$2y$10$${'a'.repeat(53)}`, 'auto', 262],
  [`$2y$12$${'a'.repeat(53)}`, 'auto', 60],
  [`$2a$08$${'a'.repeat(53)}`, 'auto', 26],
  ['0cc175b9c0f1b6a831c399e269772661', 'md5($pass)', 140],
  ['$P$Bseasalt1EoSVcOOswj8RV8wCrXve81', 'auto', 78],
  ['86f7e437faa5a7fce15d1ddcb9eaeaea377667b8', 'auto', 41],
  ['!', 'auto', 14],
  [`$2y$10$${'a'.repeat(43)}`, 'auto', 7],
  ['not a hash, whatever it was once', 'auto', 11],
];
const GIVEN = ['Anna', 'Bruno', 'Carla', 'David', 'Elif', 'Farid', 'Greta', 'Henrik', 'Irina', 'Jonas'];
const FAMILY = ['Berg', 'Keller', 'Rossi', 'Novák', 'Yılmaz', 'Haddad', 'O’Leary', 'Østergaard', 'Petrova'];

const CLIENTS: readonly (readonly [id: string, name: string, mode: Mode, percent: number])[] = [
  ['shop', 'Shop', 'lazy', 60],
  ['community', 'Community forum', 'cutover', 100],
  ['support', 'Help desk', 'shadow', 100],
  ['newsletter', 'Newsletter centre', 'off', 100],
  ['mobile', 'Mobile app', 'lazy', 25],
];

/** What a target answered, in a hundred. */
const ENDS: readonly (readonly [Settlement | undefined, number])[] = [
  [{ kind: 'copied', profileDigest: 'profile' }, 82],
  [{ kind: 'parked', reason: 'The target refused the copy: "email" is not an address.' }, 3],
  [{ kind: 'parked', reason: 'The target refused the copy: "family_name" is longer than 80 characters.' }, 2],
  [{ kind: 'conflict', reason: 'A stranger at the target has this e-mail address.' }, 3],
  [{ kind: 'retrying', reason: 'The target answered 502.', delayMs: 600_000, spendAttempt: true }, 4],
  [{ kind: 'stale', reason: 'The legacy password was changed before it was sent.' }, 1],
  [undefined, 5],
];

/** Findings as a real deployment has them. */
const FINDINGS = [
  { level: 'ok', about: 'configuration', found: 'The configuration is complete.' },
  {
    level: 'ok',
    about: 'issuer',
    found: 'https://login.example.com answers, and its certificate is good for 61 days.',
  },
  {
    level: 'warning',
    about: 'legacy.login.username',
    found: 'The column be_users.username has no index: every login reads the whole table.',
    remedy: 'CREATE INDEX be_users_username ON be_users (username);',
  },
  {
    level: 'error',
    about: 'targets.new',
    found: 'The target cannot be written to: the account has no INSERT on platform.users.',
    remedy: "GRANT INSERT, UPDATE ON platform.users TO 'footbridge'@'%';",
  },
  {
    level: 'ok',
    about: 'store',
    found: 'MariaDB 11.8 answers, and its tables are as this version needs them.',
  },
] as const;

/** What the desk has besides the store: pass it to `openConsole` of a world that is to be seeded. */
export function seededDesk(): Pick<StewardsDesk, 'runChecks' | 'signingKeys'> {
  const set = (day: number, signs: boolean) => ({
    kids: { RS256: `rs-${day + 100}-Qm9yZGVy`, ES256: `es-${day + 100}-U3RlcHM` },
    createdAt: START + day * 24 * HOUR,
    signs,
  });
  const sets = [set(6, true), set(-84, false)];
  return {
    runChecks: async () => [...FINDINGS],
    signingKeys: { list: async () => sets, add: async () => void sets.unshift(set(DAYS, false)) },
  };
}

/** Fourteen days of a migration: people, clients and their switches, logins, copies, failures, and what admins did. */
export async function seedConsole(world: ConsoleWorld, people = 640): Promise<void> {
  const { directory, store, time } = world;
  await register(world);
  for (let id = 1; id <= people; id += 1) {
    directory.users.set(String(id), legacyUser(id, profileOf(id), shapeOf(id)[0]));
  }
  directory.find = async (login) => {
    const user = [...directory.users.values()].find(({ profile }) =>
      [profile.email, profile.preferred_username].includes(login),
    );
    return user === undefined ? { kind: 'none' } : { kind: 'found', user };
  };
  directory.sampleCredentials = sampled;
  directory.count = async () => people;

  const hours = DAYS * 24;
  for (let hour = 0; hour < hours; hour += 1) {
    for (
      let id = 1 + Math.floor((people * hour) / hours);
      id <= Math.floor((people * (hour + 1)) / hours);
      id += 1
    ) {
      await logIn(world, id);
    }
    await turnAt(world, hour);
    time.pass(HOUR);
  }
  await watch(world);
  await shutOut(world);
  const steward = createLedgerSteward({ store });
  await steward.exclude(
    'new',
    { ...person(639), subject: 'sub-639' as Subject },
    'Asked not to be moved.',
    'admin:ann@example.com',
  );
  await noteInAudit(store, 'keys:signing', {
    actor: 'admin:ann@example.com',
    action: 'keys.rotate',
    before: undefined,
    after: undefined,
  });
  await turnAway(world);
  await lookAround(world);
}

const sampled = async (limit: number) =>
  SAMPLE.flatMap(([encoded, scheme, rows]) =>
    Array.from({ length: rows }, () => ({ encoded, scheme })),
  ).slice(0, limit);

/** What admins see as found last. */
async function lookAround({ api, url }: ConsoleWorld): Promise<void> {
  for (const path of ['/checks', '/schemes/census']) {
    await api('POST', path, { headers: { Host: new URL(url).host } });
  }
}

/** People who tried to log in and whose password no scheme reads. */
async function turnAway({ store }: ConsoleWorld): Promise<void> {
  const unverifiable = createUnverifiableRows({ store });
  for (const id of [17, 118, 219, 320, 421, 522, 623]) {
    await unverifiable.record(person(id), '40 hexadecimal digits (SHA-1 or a recipe: name the scheme)');
  }
  await unverifiable.record(person(88), 'bcrypt: 50 of 60 characters, the column or the export cut it');
}

function profileOf(id: number): UserProfile {
  const [given_name = '', family_name = ''] = [GIVEN[id % GIVEN.length], FAMILY[id % FAMILY.length]];
  return {
    preferred_username: `user${id}`,
    given_name,
    family_name,
    name: `${given_name} ${family_name}`,
    email_verified: id % 3 !== 0,
    phone_number: `+45 31 22 ${1000 + id}`,
    address: { street_address: `Nyhavn ${id}`, postal_code: '1051', locality: 'København', country: 'DK' },
    groups: id % 4 === 0 ? ['customers', 'testers'] : ['customers'],
    attributes: { customer_number: `C-${20_000 + id}` },
  };
}

/** People whose password no scheme reads, and who have tried to log in. */
async function shutOut({ store }: ConsoleWorld): Promise<void> {
  const unverifiable = createUnverifiableRows({ store });
  for (const id of [101, 202, 303, 404, 505, 606]) await unverifiable.record(person(id), '10 characters');
}

async function register({ clients }: AdminWorld): Promise<void> {
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

async function turnAt(world: AdminWorld, hour: number): Promise<void> {
  const { clients } = world;
  if (hour === 30) await clients.setMode('support', 'shadow', 'admin:ben@example.com');
  if (hour === 60) await clients.setMode('shop', 'lazy', 'admin:ann@example.com', { percent: 25 });
  if (hour === 110) await clients.setMode('mobile', 'lazy', 'api:deploy', { percent: 25 });
  if (hour === 200) await clients.setMode('shop', 'lazy', 'admin:ann@example.com', { percent: 60 });
  if (hour === 220) await turnApps(world);
  if (hour === 260) await clients.setMode('community', 'shadow', 'admin:ben@example.com');
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

/** What shadow saw of some people; whoever is across since then is no problem any more. */
async function watch({ shadow, ledger }: AdminWorld): Promise<void> {
  let problems = 0;
  for (let id = 1; id <= 64; id += 1) {
    const { fingerprint, profileDigest } = captureOf(id);
    const seen = { target: 'new', clientId: 'support', person: person(id), fingerprint, profileDigest };
    const isAcross = (await ledger.find('new', person(id)))?.passwordCopied ?? false;
    const found = isAcross ? undefined : SEEN[problems++];
    await shadow.record({ ...seen, problem: found?.problem, reason: found?.reason });
    const scheme = shapeOf(id)[1];
    if (scheme !== 'none')
      await shadow.tally('new', scheme, id % 7 === 0 ? ['any', 'non-ascii'] : ['any'], true);
  }
}

const TAKEN = { problem: 'conflict', reason: 'A stranger at the target has this e-mail address.' } as const;
const EMPTY = { problem: 'rejected', reason: 'The target needs a value for "family_name".' } as const;
const SEEN = [TAKEN, EMPTY, TAKEN];

const shapeOf = (id: number) =>
  chosen(
    SHAPES.map((shape) => [shape, shape[2]] as const),
    id,
  );

/** The same one for the same number, by shares of a hundred. */
function chosen<T>(shares: readonly (readonly [T, number])[], id: number): T {
  let place = (id * 37) % 100;
  for (const [value, share] of shares) {
    if (place < share) return value;
    place -= share;
  }
  throw new Error('The shares do not make a hundred.');
}

async function logIn({ ledger }: AdminWorld, id: number): Promise<void> {
  const [clientId] = CLIENTS[id % 2 === 0 ? 0 : id % 5 === 0 ? 4 : 1] ?? CLIENTS[0] ?? [''];
  const scheme = shapeOf(id)[1];
  await ledger.capture(captureOf(id, { clientId, ...(scheme === 'none' ? {} : { scheme }) }));
  const end = chosen(ENDS, id * 7);
  if (end === undefined) return;
  const [claim] = await ledger.claim({ target: 'new', limit: 1, leaseMs: 60_000 });
  if (claim !== undefined) await ledger.settle(claim, end);
}
