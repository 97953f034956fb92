import type Koa from 'koa';
import { addressOfLink, createAdmin, openAdminLinks } from '../admin/create-admin.ts';
import type { AdminOptions } from '../admin/options.ts';
import { createClientEditing } from '../clients/edit-client.ts';
import { createSecretDigest } from '../clients/secret-digest.ts';
import type { Config } from '../config/schema.ts';
import type { PersonRef } from '../domain/ids.ts';
import { deriveSubject } from '../domain/subject.ts';
import type { OfferedClaim } from '../domain/user-profile.ts';
import { createLedgerBulk } from '../ledger/create-bulk.ts';
import { createTargetPeople } from '../ledger/create-target-people.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import type { PersonHooks } from '../legacy/person-hooks.ts';
import { isMeant } from '../login/migration-switch.ts';
import { createPersons } from '../login/persons.ts';
import { createCopyNow } from '../migration/copy-now.ts';
import type { Sync } from '../migration/sync.ts';
import { endSessions } from '../oidc/end-sessions.ts';
import { createMachineTokens } from '../oidc/machine-tokens.ts';
import { addSigningKeys, listSigningKeys } from '../oidc/signing-keys.ts';
import type { OldFormats } from '../passwords/remake.ts';
import { createSealing } from '../runtime/sealing.ts';
import { createRateLimiter } from '../store/rate-limiter.ts';
import type { Target } from '../targets/target.ts';
import { checkDeployment } from './check.ts';
import { capabilitiesOf } from './connectors.ts';
import { offerOf } from './offer.ts';
import type { Office } from './office.ts';
import { makeReport } from './report.ts';
import { openRunDesk } from './run-desk.ts';
import { loadSubjectKey } from './subject-key.ts';
import type { World } from './world.ts';
import { openWriteBack } from './write-back.ts';

/** What the bridge has open already. */
export interface AdminParts {
  readonly directories: LegacyDirectories;
  readonly targets: ReadonlyMap<string, Target>;
  readonly hooks: PersonHooks;
  /** The claims beside OIDC's own. */
  readonly offered: readonly OfferedClaim[];
  readonly syncs: ReadonlyMap<string, Sync>;
  readonly passwords: OldFormats;
}

export interface Admin {
  readonly app: Koa;
  /** Ends what would keep connections open, so that its server can close. */
  endStreams(): void;
}

/** @returns undefined when the configuration has no `admin` */
export async function openAdmin(
  config: Config,
  office: Office,
  { directories, targets, hooks, offered, syncs, passwords }: AdminParts,
  world: World,
): Promise<Admin | undefined> {
  if (config.admin === undefined) return undefined;
  const { store, keys, clients, deriveKey, lifecycle } = office;
  const bucketKey = deriveKey('buckets');
  const subjectKey = await loadSubjectKey(config, keys);
  const persons = createPersons(store);
  const subjectOf = (person: PersonRef) => deriveSubject(subjectKey, person);
  const streams = new AbortController();
  lifecycle.onClose('admin streams', () => streams.abort());
  const app = createAdmin({
    ...world,
    closing: streams.signal,
    options: config.admin,
    issuer: config.issuer,
    trustProxy: config.server.trustProxy,
    sealing: adminSealing(config, world),
    csrfKey: deriveKey('admin csrf'),
    cookieKeys: [deriveKey('admin cookies').toString('base64url')],
    readToken: createMachineTokens({
      ...world,
      store,
      clients,
      sealing: createSealing(config.secretKey, 'artifacts', world.random),
      clockTolerance: config.oidc.clockTolerance,
    }),
    desk: {
      ...office,
      directories,
      targets,
      capabilities: capabilitiesOf(config.targets),
      connectors: new Map(Object.entries(config.targets).map(([name, { kind }]) => [name, kind])),
      targetPeople: createTargetPeople({ store }),
      isMeant: (one, person) => isMeant(one, { person, email: undefined }, bucketKey),
      copyNow: createCopyNow({
        ...office,
        directories,
        hooks,
        subjectOf,
        bulk: createLedgerBulk({
          ...office,
          random: world.random,
          sealing: createSealing(config.secretKey, 'ledger', world.random),
        }),
      }),
      offer: offerOf(config, offered),
      writeBack: await limitedWriteBack(config, office, directories, passwords, world),
      editing: createClientEditing({
        store,
        clients,
        secrets: createSecretDigest(deriveKey('client secrets')),
        random: world.random,
      }),
      subjectOf,
      findSubject: persons.find,
      lastLoginAt: persons.lastLoginAt,
      runs: openRunDesk({ config, office, directories, hooks, targets, syncs, world }),
      makeReport: (wanted) =>
        makeReport(config, office, directories, { ...wanted, withNames: false }, () => {}),
      runChecks: () => checkDeployment(config, world),
      signingKeys: {
        list: async () => listSigningKeys(keys, await store.now()),
        add: () => addSigningKeys(keys),
      },
      endSessions: (subject) => endSessions(store, subject),
    },
  });
  return { app, endStreams: () => streams.abort() };
}

async function limitedWriteBack(
  config: Config,
  { store, deriveKey, lifecycle }: Office,
  directories: LegacyDirectories,
  passwords: OldFormats,
  world: World,
) {
  const writeBack = openWriteBack(config, directories, passwords, world);
  if (writeBack === undefined) return undefined;
  lifecycle.onClose('write-back', writeBack.close);
  const limiter = await createRateLimiter(store, deriveKey('write-back'), WRITES_OF_A_PERSON);
  return { ...writeBack, limiter };
}

/** Nobody changes their password more often; a program that goes round in circles does. */
const WRITES_OF_A_PERSON = { name: 'write-back', events: 10, seconds: 600 };

/**
 * A one-time link into the console, good for 15 minutes.
 *
 * @param issuedBy for the audit trail
 */
export async function issueAdminLink(
  config: Config & { readonly admin: AdminOptions },
  office: Pick<Office, 'store'>,
  world: World,
  issuedBy: string,
): Promise<URL> {
  return addressOfLink(config.admin, await linksOf(config, office, world).issue(issuedBy));
}

/** The link for the first admin: undefined when admins log in at an issuer, or when somebody came in by one already. */
export async function firstAdminLink(
  config: Config,
  office: Pick<Office, 'store'>,
  world: World,
): Promise<URL | undefined> {
  const { admin } = config;
  if (admin === undefined || admin.oidc !== undefined) return undefined;
  if (await linksOf(config, office, world).wasEverUsed()) return undefined;
  return issueAdminLink({ ...config, admin }, office, world, 'first start');
}

const linksOf = (config: Config, { store }: Pick<Office, 'store'>, world: World) =>
  openAdminLinks({ store, sealing: adminSealing(config, world), random: world.random });

const adminSealing = ({ secretKey }: Config, { random }: World) => createSealing(secretKey, 'admin', random);
