import { createHmac } from 'node:crypto';
import type { RegisteredClient } from '../clients/client.ts';
import { type MigrationSwitch, type Mode, switchFor } from '../clients/migration.ts';
import type { PersonRef } from '../domain/ids.ts';

const BUCKETS = 10_000;

/** Who a switch is asked about. */
export interface SwitchedPerson {
  readonly person: PersonRef;
  readonly email: string | undefined;
  /** What the client said which app behind it the login is for. */
  readonly app: string | undefined;
}

/** What the switches mean for one login. */
export interface MigrationPlan {
  /** `off` whenever there is no target. */
  readonly mode: Mode;
  readonly target: string;
  /** Where the person is sent to log in at the new platform, where that is known. */
  readonly movedUrl: string | undefined;
}

const NO_PLAN: MigrationPlan = { mode: 'off', target: '', movedUrl: undefined };

/**
 * @param client undefined when it was removed meanwhile
 * @param now in milliseconds since 1970
 * @param bucketKey 32 bytes; the same person always falls into the same bucket
 */
export function planFor(
  client: Pick<RegisteredClient, 'migration'> | undefined,
  login: SwitchedPerson,
  now: number,
  bucketKey: Uint8Array,
): MigrationPlan {
  if (client?.migration.target === undefined) return NO_PLAN;
  const { target, movedUrl } = client.migration;
  const own = switchFor(client.migration, login.app);
  const mode = isOnAt(own, now) && isMeant(own, login, bucketKey) ? own.mode : (own.otherwise ?? 'off');
  return { mode, target, movedUrl };
}

/** Where a verified login of this person by this client is to be copied; undefined when it is not. */
export function captureTarget(
  client: Pick<RegisteredClient, 'migration'>,
  login: SwitchedPerson,
  now: number,
  bucketKey: Uint8Array,
): string | undefined {
  const { mode, target } = planFor(client, login, now, bucketKey);
  return mode === 'lazy' || mode === 'cutover' ? target : undefined;
}

/** What everybody who is rejected is told of the new platform: the same, whether they are anybody or not. */
export function movedHint(
  client: Pick<RegisteredClient, 'migration'> | undefined,
  app: string | undefined,
  now: number,
): string | undefined {
  if (client === undefined) return undefined;
  const own = switchFor(client.migration, app);
  return own.mode === 'cutover' && isOnAt(own, now) ? client.migration.movedUrl : undefined;
}

function isOnAt({ startsAt = 0, endsAt = Number.POSITIVE_INFINITY }: MigrationSwitch, now: number): boolean {
  return startsAt <= now && now < endsAt;
}

/** Whether a switch means this person, whenever it is on; the app has no say in it. */
export function isMeant(
  { percent, allow = [], deny = [] }: MigrationSwitch,
  login: Omit<SwitchedPerson, 'app'>,
  key: Uint8Array,
): boolean {
  if (isNamed(deny, login)) return false;
  return isNamed(allow, login) || bucketOf(login.person, key) < percent;
}

/** A list names people by legacy id, `DIRECTORY:ID`, or `@example.com` for an e-mail domain without its subdomains. */
function isNamed(list: readonly string[], { person, email = '' }: Omit<SwitchedPerson, 'app'>): boolean {
  const at = email.lastIndexOf('@');
  const domain = at === -1 ? undefined : email.slice(at).toLowerCase();
  return list.some(
    (entry) =>
      entry === person.legacyId ||
      entry === `${person.directory}:${person.legacyId}` ||
      (entry.startsWith('@') && entry.toLowerCase() === domain),
  );
}

/**
 * Where a person stands in a switch that is limited to a percentage.
 *
 * @returns from 0 to 99.99: who is below the percentage is meant
 */
export function bucketOf({ directory, legacyId }: PersonRef, bucketKey: Uint8Array): number {
  const digest = createHmac('sha256', bucketKey)
    .update(JSON.stringify([directory, legacyId]))
    .digest();
  return ((digest.readUInt32BE(0) % BUCKETS) * 100) / BUCKETS;
}
