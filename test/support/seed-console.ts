import type { StewardsDesk } from '../../src/admin/desk.ts';
import type { Subject } from '../../src/domain/ids.ts';
import type { UserProfile } from '../../src/domain/user-profile.ts';
import { createLedgerSteward } from '../../src/ledger/create-steward.ts';
import { createUnverifiableRows } from '../../src/ledger/create-unverifiable-rows.ts';
import type { Settlement } from '../../src/ledger/ledger.ts';
import { noteInAudit } from '../../src/store/audit.ts';
import type { AdminWorld } from './admin-world.ts';
import type { ConsoleWorld } from './console.ts';
import { sampleReport } from './sample-report.ts';
import { CLIENTS, lookInShadow, registerClients, turnSwitches } from './seed-clients.ts';
import { seedRuns } from './seed-runs.ts';
import { legacyUser } from './test-courier.ts';
import { captureOf, person } from './test-ledger.ts';

const HOUR = 3_600_000;
const DAYS = 14;
/** When it begins: the last day is one of work, in the afternoon. */
const START = Date.UTC(2026, 10, 5, 15, 10);
/** After so many days half as many people come for the first time. */
const HALVING_DAYS = 6;
/** How many log in in each hour of a day (UTC), against the others. */
const BY_HOUR = [1, 1, 1, 1, 2, 4, 9, 14, 17, 16, 14, 12, 13, 14, 13, 12, 11, 11, 12, 13, 11, 8, 4, 2];
/** Of the people of the old table, so many have not come yet, for each who has. */
const UNSEEN = 0.45;
/** Brought by the backfill that is under way, for each who has come. */
const BACKFILLED = 0.06;
const HOURS_OF_BACKFILL = 6;
/** Who did not get through before is across by now. */
const HOURS_WITH_TROUBLE = 10;

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
export function seededDesk(): Pick<StewardsDesk, 'runChecks' | 'signingKeys' | 'makeReport'> {
  const set = (day: number, signs: boolean) => ({
    kids: { RS256: `rs-${day + 100}-Qm9yZGVy`, ES256: `es-${day + 100}-U3RlcHM` },
    createdAt: START + day * 24 * HOUR,
    signs,
  });
  const sets = [set(6, true), set(-84, false)];
  return {
    makeReport: sampleReport,
    runChecks: async () => [...FINDINGS],
    signingKeys: { list: async () => sets, add: async () => void sets.unshift(set(DAYS, false)) },
  };
}

/**
 * Fourteen days of a migration: people, clients and their switches, logins, copies, failures, and what admins did.
 *
 * @param people who log in; others are in the old table alone
 */
export async function seedConsole(world: ConsoleWorld, people = 640): Promise<void> {
  const { store, time } = world;
  time.pass(START - time.clock());
  await registerClients(world);
  fillDirectory(world, Math.round(people * (1 + UNSEEN)));
  await letTimePass(world, people);
  await lookInShadow(world, (id) => shapeOf(id)[1]);
  await shutOut(world);
  const steward = createLedgerSteward({ store });
  await steward.exclude(
    'new',
    { ...person(639), subject: 'sub-639' as Subject },
    'Asked not to be moved.',
    'admin:ann@example.com',
  );
  await seedRuns(store);
  await noteInAudit(store, 'keys:signing', {
    actor: 'admin:ann@example.com',
    action: 'keys.rotate',
    before: undefined,
    after: undefined,
  });
  await turnAway(world);
  await lookAround(world);
}

function fillDirectory({ directory }: AdminWorld, people: number): void {
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
}

async function letTimePass(world: AdminWorld, people: number): Promise<void> {
  const { time } = world;
  const comers = comersByHour(people);
  let come = 0;
  for (const [hour, newcomers] of comers.entries()) {
    const left = comers.length - 1 - hour;
    for (let each = 1; each <= newcomers; each += 1) await logIn(world, come + each);
    come += newcomers;
    if (left >= HOURS_WITH_TROUBLE) await copyWhoWaits(world);
    if (left < HOURS_OF_BACKFILL) await backfill(world, people, HOURS_OF_BACKFILL - 1 - left);
    await turnSwitches(world, hour);
    time.pass(left === 0 ? HOUR / 3 : HOUR);
  }
}

/** Fewer from day to day, by day more than by night, and fewer at weekends. */
function comersByHour(people: number): number[] {
  const weights = Array.from({ length: DAYS * 24 }, (_, hour) => {
    const at = new Date(START + hour * HOUR);
    const weekend = at.getUTCDay() % 6 === 0 ? 0.7 : 1;
    return (BY_HOUR[at.getUTCHours()] ?? 1) * weekend * 2 ** (-hour / 24 / HALVING_DAYS);
  });
  const sum = weights.reduce((all, weight) => all + weight, 0);
  let [weighed, come] = [0, 0];
  return weights.map((weight) => {
    weighed += weight;
    const now = Math.round((people * weighed) / sum) - come;
    come += now;
    return now;
  });
}

/** Whom the courier comes to later. */
async function copyWhoWaits({ ledger }: AdminWorld): Promise<void> {
  for (const claim of await ledger.claim({ target: 'new', limit: 1_000, leaseMs: 60_000 })) {
    await ledger.settle(claim, { kind: 'copied', profileDigest: 'profile' });
  }
}

/** Whom the backfill that is under way brings in an hour; the last ones still wait. */
async function backfill(world: AdminWorld, people: number, hour: number): Promise<void> {
  const each = Math.round((people * BACKFILLED) / HOURS_OF_BACKFILL);
  const last = people + (hour + 1) * each;
  for (let id = last - each + 1; id <= last; id += 1) {
    const { rehash: _, scheme: __, ...capture } = captureOf(id, { origin: 'backfill' });
    await world.ledger.capture(capture);
    if (hour < HOURS_OF_BACKFILL - 1 || id < last - each / 3) await copyWhoWaits(world);
  }
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

async function logIn({ ledger, store, time }: AdminWorld, id: number): Promise<void> {
  const now = time.clock();
  const known = { subject: `sub-${id}`, directory: 'legacy', legacy_id: String(id) };
  await store.db
    .insertInto('person')
    .values({ ...known, created_at: now, last_login_at: now })
    .execute();
  const [clientId] = CLIENTS[id % 2 === 0 ? 0 : id % 5 === 0 ? 4 : 1] ?? CLIENTS[0] ?? [''];
  const scheme = shapeOf(id)[1];
  await ledger.capture(captureOf(id, { clientId, ...(scheme === 'none' ? {} : { scheme }) }));
  const end = chosen(ENDS, id * 7);
  if (end === undefined) return;
  const [claim] = await ledger.claim({ target: 'new', limit: 1, leaseMs: 60_000 });
  if (claim !== undefined) await ledger.settle(claim, end);
}
