import { z } from 'zod';
import { adminOptions } from '../admin/options.ts';
import { clientOptions } from '../clients/options.ts';
import { brandingOptions, serverOptions } from '../http/options.ts';
import { legacyDirectories } from '../legacy/options.ts';
import { loginOptions } from '../login/options.ts';
import { syncOptions, workerOptions } from '../migration/options.ts';
import { oidcOptions } from '../oidc/options.ts';
import { passwordsOptions } from '../passwords/options.ts';
import { Secret } from '../runtime/secret.ts';
import { storeUrl } from '../store/options.ts';
import { targetOptions } from '../targets/options.ts';
import { writeBackOptions } from '../writeback/options.ts';

const SECRET_KEY_BYTES = 32;

const issuer = z
  .string()
  .refine(
    isIssuer,
    'must be an https: URL without query, fragment or trailing slash (http: for loopback alone)',
  )
  .describe('Every URL in discovery is built on it.');

const secretKey = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === SECRET_KEY_BYTES, {
    error: 'must be 32 bytes in base64; make one with: openssl rand -base64 32',
  })
  .transform((text) => new Secret(Buffer.from(text, 'base64')))
  .describe('Encrypts keys and rehashes at rest. 32 bytes, base64.');

const targetName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'must be lower-case letters, digits and hyphens');

/** The whole configuration: each room documents its own part in its `options.ts`. */
export const bridgeOptions = z.strictObject({
  $schema: z.string().optional(),
  issuer,
  server: serverOptions,
  admin: adminOptions.optional(),
  store: storeUrl.transform((url) => new Secret(url)),
  secretKey,
  legacy: legacyDirectories,
  targets: z.record(targetName, targetOptions).default({}).describe('Where people are copied to, by name.'),
  clients: z.array(clientOptions).default([]),
  login: loginOptions.prefault({}),
  passwords: passwordsOptions.prefault({}),
  oidc: oidcOptions.prefault({}),
  branding: brandingOptions.prefault({}),
  worker: workerOptions.prefault({}),
  sync: syncOptions.prefault({}),
  writeBack: writeBackOptions.default({}),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** The configuration as the rest of the bridge trusts it. */
export type Config = z.output<typeof bridgeOptions>;

function isIssuer(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) return false;
  return url.search === '' && url.hash === '' && url.username === '' && !value.endsWith('/');
}
