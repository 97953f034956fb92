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

/** Makes a configuration that runs as it is: on this machine, with no target and no client yet. */
export function proposeConfiguration(inspection: Inspection, place: Place): ProposedConfiguration {
  const { legacy, software, table, rowsRead, notes } = inspection;
  const looks = software === undefined ? '' : `, which has the layout of ${software}`;
  return {
    configuration: {
      issuer: 'http://localhost:4000',
      server: { host: '127.0.0.1', port: 4000 },
      store: 'sqlite:./footbridge.sqlite',
      secretKeyFile: './footbridge.key',
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
      ...prefixed('legacy.', { 'password.scheme': passwordsOf(inspection), ...inspection.reasons }),
    },
    head: [
      `Proposed by footbridge inspect from ${rowsRead} rows of ${table.name}${looks}.`,
      ...notes,
      'Look through it, then: footbridge check',
    ].join('\n'),
  };
}

/** The census in one line. */
function passwordsOf({ census }: Inspection): string {
  const lines = census.slice(0, 3).map(({ what, people }) => `${people} x ${what}`);
  return lines.join(', ') + (census.length > lines.length ? ', ...' : '');
}

function prefixed(prefix: string, comments: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(comments).map(([path, comment]) => [prefix + path, comment]));
}
