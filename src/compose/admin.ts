import type Koa from 'koa';
import { addressOfLink, createAdmin, openAdminLinks } from '../admin/create-admin.ts';
import type { AdminOptions } from '../admin/options.ts';
import { createClientEditing } from '../clients/edit-client.ts';
import { createSecretDigest } from '../clients/secret-digest.ts';
import type { Config } from '../config/schema.ts';
import { deriveSubject } from '../domain/subject.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import { createPersons } from '../login/persons.ts';
import { endSessions } from '../oidc/end-sessions.ts';
import { createMachineTokens } from '../oidc/machine-tokens.ts';
import { addSigningKeys, listSigningKeys } from '../oidc/signing-keys.ts';
import type { OldFormats } from '../passwords/remake.ts';
import { createSealing } from '../runtime/sealing.ts';
import { createRateLimiter } from '../store/rate-limiter.ts';
import { checkDeployment } from './check.ts';
import { openTarget } from './connectors.ts';
import type { Office } from './office.ts';
import { loadSubjectKey } from './subject-key.ts';
import type { World } from './world.ts';
import { openWriteBack } from './write-back.ts';

/** @returns undefined when the configuration has no `admin` */
export async function openAdmin(
  config: Config,
  office: Office,
  directories: LegacyDirectories,
  passwords: OldFormats,
  world: World,
): Promise<Koa | undefined> {
  if (config.admin === undefined) return undefined;
  const { store, keys, clients, deriveKey, lifecycle } = office;
  const targets = new Map(
    Object.entries(config.targets).map(([name, options]) => [name, openTarget(name, options)]),
  );
  for (const target of targets.values()) lifecycle.onClose(`target ${target.name}`, target.close);
  const subjectKey = await loadSubjectKey(config, keys);
  return createAdmin({
    ...world,
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
      writeBack: await limitedWriteBack(config, office, directories, passwords, world),
      editing: createClientEditing({
        store,
        clients,
        secrets: createSecretDigest(deriveKey('client secrets')),
        random: world.random,
      }),
      subjectOf: (person) => deriveSubject(subjectKey, person),
      findSubject: createPersons(store).find,
      runChecks: () => checkDeployment(config, world),
      signingKeys: {
        list: async () => listSigningKeys(keys, await store.now()),
        add: () => addSigningKeys(keys),
      },
      endSessions: (subject) => endSessions(store, subject),
    },
  });
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
