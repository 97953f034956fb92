import type { Config } from '../config/schema.ts';
import type { Credential } from '../domain/credential.ts';
import { BridgeError } from '../domain/errors.ts';
import { deriveSubject } from '../domain/subject.ts';
import { createStandings } from '../ledger/create-standings.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import { loadSigningKeys } from '../oidc/signing-keys.ts';
import { identifyAs } from '../passwords/identify.ts';
import { compileReport, type ReportRequest } from '../report/compile-report.ts';
import type { DecommissionReport } from '../report/report.ts';
import { signDetached, verifyDetached } from '../report/signature.ts';
import { openDirectories } from './connectors.ts';
import type { Office } from './office.ts';
import { loadSubjectKey } from './subject-key.ts';
import type { World } from './world.ts';

export interface SignedReport {
  readonly report: DecommissionReport;
  /** The report as JSON: what is signed. */
  readonly document: Buffer;
  /** A detached JWS, see `report/signature.ts`. */
  readonly jws: string;
}

/** `makeReport` for one command, which has no legacy directories open. */
export async function makeReportAlone(
  config: Config,
  office: Office,
  world: World,
  request: Omit<ReportRequest, 'onProgress'>,
  onProgress: (people: number, total: number | undefined) => void,
): Promise<SignedReport> {
  const opened = openDirectories(config.legacy, world);
  office.lifecycle.onClose('legacy directories', opened.close);
  return makeReport(config, office, opened, request, onProgress);
}

/**
 * @param request `onProgress` is told about how many people there are, where the directories know
 * @throws BridgeError `invalid_request` for a target that is not configured, `legacy_unavailable`
 */
export async function makeReport(
  config: Config,
  office: Office,
  legacy: LegacyDirectories,
  request: Omit<ReportRequest, 'onProgress'>,
  onProgress: (people: number, total: number | undefined) => void,
): Promise<SignedReport> {
  if (config.targets[request.target] === undefined) {
    const names = Object.keys(config.targets).join(', ');
    throw new BridgeError('invalid_request', `There is no target "${request.target}"; targets: ${names}.`);
  }
  const directories = [...legacy.byName.values()];
  const counts = await Promise.all(directories.map((directory) => directory.count()));
  const total = counts.reduce<number | undefined>(
    (sum, count) => (sum === undefined || count === undefined ? undefined : sum + count),
    0,
  );
  const key = await loadSubjectKey(config, office.keys);
  const report = await compileReport(
    { ...request, onProgress: (people) => onProgress(people, total) },
    {
      issuer: config.issuer,
      directories,
      standings: createStandings(office),
      clients: office.clients,
      digests: office.digests,
      subjectOf: (person) => deriveSubject(key, person),
      schemeOf,
      now: await office.store.now(),
    },
  );
  const document = Buffer.from(`${JSON.stringify(report, null, 2)}\n`);
  const [signing] = (await loadSigningKeys(office.keys, await office.store.now())).keys;
  if (signing === undefined) throw new BridgeError('store_unavailable', 'There is no signing key.');
  return { report, document, jws: await signDetached(document, signing) };
}

/**
 * Checks a report against this bridge's own keys, or against those that a bridge publishes.
 *
 * @param jwksUrl the `jwks_uri` of its discovery document
 * @returns the id of the key, or undefined when the signature is not of these keys, or not of this document
 */
export async function verifyReport(
  office: Office,
  document: Uint8Array,
  jws: string,
  jwksUrl?: string,
): Promise<string | undefined> {
  const { keys } =
    jwksUrl === undefined
      ? await loadSigningKeys(office.keys, await office.store.now())
      : await fetchKeys(jwksUrl);
  return verifyDetached(document, jws, keys);
}

async function fetchKeys(url: string) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    const body = (await response.json()) as { keys?: unknown };
    if (response.ok && Array.isArray(body.keys)) return { keys: body.keys };
  } catch (cause) {
    throw new BridgeError('invalid_request', `No keys could be read from ${url}.`, { cause });
  }
  throw new BridgeError('invalid_request', `What ${url} gives is no key set.`);
}

function schemeOf(credential: Credential): { scheme: string; unverifiable: boolean } {
  const identity = identifyAs(credential);
  switch (identity.kind) {
    case 'scheme':
      return { scheme: identity.scheme, unverifiable: identity.outOfBounds !== undefined };
    case 'damaged':
      return { scheme: `${identity.scheme}, damaged`, unverifiable: true };
    case 'ambiguous':
      return { scheme: 'ambiguous', unverifiable: true };
    case 'empty':
      return { scheme: 'no password', unverifiable: true };
    case 'unknown':
      return { scheme: 'unknown', unverifiable: true };
  }
}
