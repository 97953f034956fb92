import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { BridgeError } from '../../domain/errors.ts';

/** Where the server is and who asks. */
export interface Address {
  /** A folder (`/run/postgresql`) means the socket in it. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly ssl: false | ConnectionOptions;
}

/**
 * Reads `postgres://user:password@host:port/database`. Of libpq's parameters `sslmode`, `sslrootcert` and `host` (the
 * folder of a local socket) are understood. The modes of `sslmode` that encrypt without looking at the certificate
 * (`allow`, `prefer`, `require`) are refused: who wants that says so by `no-verify`.
 *
 * @param setting where the URL stands, for the message
 * @throws BridgeError `configuration_invalid`; the message never holds the URL
 */
export function parseAddress(url: string, setting = 'legacy.url'): Address {
  try {
    return readAddress(url);
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    throw new BridgeError('configuration_invalid', `${setting}: ${error.message}.`);
  }
}

function readAddress(url: string): Address {
  const parsed = URL.parse(url);
  if (parsed === null || !/^postgres(ql)?:$/.test(parsed.protocol)) throw invalid(SHAPE);
  const { sslmode, sslrootcert, host, ...unknown } = Object.fromEntries(parsed.searchParams);
  const [name] = Object.keys(unknown);
  if (name !== undefined) {
    throw invalid(`it has a parameter "${name}"; there are sslmode, sslrootcert and host`);
  }
  if (host !== undefined && !host.startsWith('/')) throw invalid('its parameter host is a folder, with a /');
  const [user, database] = [decoded(parsed.username), decoded(parsed.pathname.slice(1))];
  const place = host ?? decoded(parsed.hostname).replace(/^\[(.*)\]$/, '$1');
  // The driver would fill each gap from the environment of the process.
  if (place === '' || user === '' || database === '') throw invalid(SHAPE);
  return {
    host: place,
    port: parsed.port === '' ? 5432 : Number(parsed.port),
    user,
    password: decoded(parsed.password),
    database,
    ssl: tlsOf(sslmode, sslrootcert),
  };
}

const SHAPE = 'it must look like postgres://user:password@host:5432/database';

/** https://www.postgresql.org/docs/current/libpq-ssl.html */
function tlsOf(mode: string | undefined, rootCert: string | undefined): Address['ssl'] {
  if (mode === undefined && rootCert === undefined) return false;
  const trusted = rootCert === undefined || rootCert === 'system' ? {} : { ca: readCa(rootCert) };
  switch (mode ?? 'verify-full') {
    case 'verify-full':
      return { rejectUnauthorized: true, ...trusted };
    case 'verify-ca':
      return { rejectUnauthorized: true, checkServerIdentity: () => undefined, ...trusted };
    case 'disable':
    case 'no-verify':
      if (rootCert !== undefined) throw invalid('sslrootcert is of no use without sslmode=verify-full');
      return mode === 'disable' ? false : { rejectUnauthorized: false };
    default:
      throw invalid(
        'its parameter sslmode must be "verify-full", "verify-ca" (any host of that CA), "no-verify" (anybody may ' +
          'pose as the server) or "disable"',
      );
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid('it has a % that begins no percent code; write % itself as %25');
  }
}

function readCa(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw invalid(`its parameter sslrootcert names ${file}, which cannot be read`);
  }
}

class AddressError extends Error {
  override readonly name = 'AddressError';
}

const invalid = (problem: string) => new AddressError(problem);
