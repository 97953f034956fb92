import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { BridgeError } from '../../domain/errors.ts';

/** Where the server is and who asks. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database?: string;
  readonly socketPath?: string;
  readonly ssl?: {
    readonly rejectUnauthorized: boolean;
    /** The driver does not look at the host's name in the certificate unless it is told to. */
    readonly verifyIdentity: boolean;
    readonly ca?: string;
  };
}

/**
 * Reads `mysql://user:password@host:port/database`. The driver would take every option of its own from the URL, among
 * them several statements at once; here `tls` (`true`, `verify-ca`, `unverified`), `tls-ca` (a file) and `socket` (a path) are
 * all that is understood.
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
  if (parsed === null || !/^(mysql|mariadb):$/.test(parsed.protocol) || parsed.hostname === '') {
    throw invalid('it must look like mysql://user:password@host:3306/database');
  }
  const { tls, 'tls-ca': ca, socket, ...unknown } = Object.fromEntries(parsed.searchParams);
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw invalid(`it has a parameter "${name}"; there are tls, tls-ca and socket`);
  const host = decoded(parsed.hostname).replace(/^\[(.*)\]$/, '$1');
  const database = decoded(parsed.pathname.slice(1));
  return {
    host,
    port: parsed.port === '' ? 3306 : Number(parsed.port),
    user: decoded(parsed.username),
    password: decoded(parsed.password),
    ...(database === '' ? {} : { database }),
    ...(socket === undefined ? {} : { socketPath: socket }),
    ...tlsOf(tls, ca, host),
  };
}

function tlsOf(mode: string | undefined, ca: string | undefined, host: string): Pick<Address, 'ssl'> {
  if (mode === undefined && ca === undefined) return {};
  const trusted = ca === undefined ? {} : { ca: readCa(ca) };
  switch (mode ?? 'true') {
    case 'true':
      // The driver compares the certificate of an address with the name "localhost".
      if (isIP(host) !== 0) {
        throw invalid(
          'with tls its host must be a name, as the certificate has it; or tls=verify-ca (any host of the CA)',
        );
      }
      return { ssl: { rejectUnauthorized: true, verifyIdentity: true, ...trusted } };
    case 'verify-ca':
      return { ssl: { rejectUnauthorized: true, verifyIdentity: false, ...trusted } };
    case 'unverified':
      return { ssl: { rejectUnauthorized: false, verifyIdentity: false, ...trusted } };
    default:
      throw invalid(
        'its parameter tls must be "true", "verify-ca" (any host of that CA) or "unverified" (anybody may pose as the ' +
          'server)',
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
    throw invalid(`its parameter tls-ca names ${file}, which cannot be read`);
  }
}

class AddressError extends Error {
  override readonly name = 'AddressError';
}

const invalid = (problem: string) => new AddressError(problem);
