import { readFileSync } from 'node:fs';
import { BridgeError } from '../../domain/errors.ts';

/** Where the server is and who asks. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database?: string;
  readonly socketPath?: string;
  readonly ssl?: { readonly rejectUnauthorized: boolean; readonly ca?: string };
}

/**
 * Reads `mysql://user:password@host:port/database`. The driver would take every option of its own from the URL, among
 * them several statements at once; here `tls` (`true` or `unverified`), `tls-ca` (a file) and `socket` (a path) are
 * all that is understood.
 *
 * @throws BridgeError `configuration_invalid`; the message never holds the URL
 */
export function parseAddress(url: string): Address {
  const parsed = URL.parse(url);
  if (parsed === null || !/^(mysql|mariadb):$/.test(parsed.protocol) || parsed.hostname === '') {
    throw invalid('it must look like mysql://user:password@host:3306/database');
  }
  const { tls, 'tls-ca': ca, socket, ...unknown } = Object.fromEntries(parsed.searchParams);
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw invalid(`it has a parameter "${name}"; there are tls, tls-ca and socket`);
  if (tls !== undefined && tls !== 'true' && tls !== 'unverified') {
    throw invalid('its parameter tls must be "true" or "unverified"');
  }
  const database = decoded(parsed.pathname.slice(1));
  return {
    host: decoded(parsed.hostname).replace(/^\[(.*)\]$/, '$1'),
    port: parsed.port === '' ? 3306 : Number(parsed.port),
    user: decoded(parsed.username),
    password: decoded(parsed.password),
    ...(database === '' ? {} : { database }),
    ...(socket === undefined ? {} : { socketPath: socket }),
    ...(tls === undefined && ca === undefined
      ? {}
      : {
          ssl: { rejectUnauthorized: tls !== 'unverified', ...(ca === undefined ? {} : { ca: readCa(ca) }) },
        }),
  };
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

function invalid(problem: string): BridgeError {
  return new BridgeError('configuration_invalid', `legacy.url: ${problem}.`);
}
