import type { Inspection } from './inspection.ts';

/** Where the configured bridge will read the table. */
export interface Place {
  readonly kind: 'mysql' | 'postgres' | 'sqlite';
  /** As the file is to have it: a URL without a password, or `${NAME}`. */
  readonly url: string;
}

/** A whole configuration, with a comment for each line that needs one. */
export interface ProposedConfiguration {
  readonly configuration: object;
  readonly comments: Readonly<Record<string, string>>;
  readonly head: string;
}

/** Where the bridge will be. */
export interface Setting {
  readonly issuer: string;
  /** Of the configuration file: what the bridge keeps lies beside it. */
  readonly folder: string;
}

/** On this machine, for a look at it; loopback is the one place where http: will do. */
export const DEFAULT_ISSUER = 'http://localhost:4000';

/** Makes a configuration that runs as it is: with no target and no client yet. */
export function proposeConfiguration(
  inspection: Inspection,
  place: Place,
  { issuer, folder }: Setting,
): ProposedConfiguration {
  const { legacy, software, table, rowsRead, notes } = inspection;
  const looks = software === undefined ? '' : `, which has the layout of ${software}`;
  return {
    configuration: {
      issuer,
      server: { host: '127.0.0.1', port: portOf(issuer) },
      store: `sqlite:${folder}/footbridge.sqlite`,
      secretKeyFile: `${folder}/footbridge.key`,
      legacy: { kind: place.kind, url: place.url, ...legacy },
      targets: {},
      clients: [],
    },
    comments: {
      issuer: 'the https: address that the new platform sees; every URL in discovery is built on it',
      store: "the bridge's own records; mysql://... when several instances run",
      secretKeyFile: '32 bytes in base64; keep a copy, since it opens what the store seals',
      'legacy.url': place.kind === 'sqlite' ? 'opened read-only' : 'of an account that has SELECT alone',
      targets: 'where people are copied to',
      clients: 'or: footbridge client add ...',
      ...prefixed('legacy.', { ...inspection.reasons, 'password.scheme': passwordsOf(inspection) }),
    },
    head: [
      `Proposed by footbridge inspect from ${rowsRead} rows of ${table.name}${looks}.`,
      ...notes,
      'Look through it, then: footbridge check',
    ].join('\n'),
  };
}

/** An https: issuer is a proxy's, which finds the bridge at its usual port. */
function portOf(issuer: string): number {
  const { protocol, port } = new URL(issuer);
  return protocol === 'http:' && port !== '' ? Number(port) : 4000;
}

/** The census in one line. */
function passwordsOf({ census }: Inspection): string {
  const lines = census.slice(0, 3).map(({ what, people }) => `${people} x ${what}`);
  return lines.join(', ') + (census.length > lines.length ? ', ...' : '');
}

function prefixed(prefix: string, comments: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(comments).map(([path, comment]) => [prefix + path, comment]));
}
