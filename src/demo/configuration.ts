import { join } from 'node:path';
import { HASH_TYPES } from './legacy-table.ts';

export interface DemoSetting {
  /** Where the three databases are: legacy, the bridge's own, the new platform's. */
  readonly folder: string;
  /** Origin of the bridge, e.g. `http://127.0.0.1:4000`. */
  readonly issuer: string;
  /** Of the console, on the loopback address. */
  readonly adminPort: number;
  /** Origin of the new platform. */
  readonly platformOrigin: string;
  readonly secrets: DemoSecrets;
}

export interface DemoSecrets {
  /** 32 bytes in base64. */
  readonly secretKey: string;
  readonly clientSecret: string;
}

/** The file of each database in the demo's folder. */
export const databaseFiles = (folder: string) => ({
  legacy: join(folder, 'legacy.sqlite'),
  bridge: join(folder, 'footbridge.sqlite'),
  platform: join(folder, 'new-platform.sqlite'),
});

export const CLIENT_ID = 'new-platform';
export const CLIENT_NAME = 'Aurora';
const TARGET = 'new-platform';
export const CALLBACK_PATH = '/callback';

export type DemoConfig = ReturnType<typeof demoConfig>;

/** The bridge's configuration as its YAML file would say it, before any check. */
export function demoConfig({ folder, issuer, adminPort, platformOrigin, secrets }: DemoSetting) {
  const files = databaseFiles(folder);
  return {
    issuer,
    server: { host: new URL(issuer).hostname, port: Number(new URL(issuer).port) },
    admin: { port: adminPort },
    store: `sqlite:${files.bridge}`,
    secretKey: secrets.secretKey,
    legacy: {
      kind: 'sqlite',
      url: `sqlite:${files.legacy}`,
      table: 'users',
      id: 'id',
      login: ['username', 'email'],
      match: 'case-insensitive',
      password: { column: 'password', salt: 'salt', scheme: { column: 'hash_type', map: { ...HASH_TYPES } } },
      profile: {
        preferred_username: 'username',
        email: 'email',
        email_verified: false,
        given_name: 'first_name',
        family_name: 'last_name',
        gender: { column: 'gender', map: { M: 'male', F: 'female' } },
        birthdate: { column: 'birthday', format: 'date' },
      },
    },
    targets: {
      [TARGET]: {
        kind: 'sql',
        url: `sqlite:${files.platform}`,
        table: 'users',
        externalId: 'footbridge_sub',
        password: { column: 'password_hash', hash: 'argon2id' },
        columns: {
          username: 'preferred_username',
          email: 'email',
          given_name: 'given_name',
          family_name: 'family_name',
          gender: 'gender',
          birthdate: 'birthdate',
        },
      },
    },
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: secrets.clientSecret,
        client_name: CLIENT_NAME,
        redirect_uris: [platformOrigin + CALLBACK_PATH],
        post_logout_redirect_uris: [`${platformOrigin}/`],
        migration: { target: TARGET, mode: 'lazy' },
      },
    ],
    // People watch the copy arrive: the ledger is asked more often than a quiet night needs.
    worker: { pollMs: 200 },
  };
}
