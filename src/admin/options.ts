import { z } from 'zod';
import { Secret } from '../runtime/secret.ts';

const address = z
  .string()
  .refine(isOrigin, 'must be an origin such as https://admin.example.com (http: for loopback alone)')
  .describe('Where browsers reach it, when that is not http://HOST:PORT: the address of the proxy in front.');

const names = z.array(z.string().min(1).max(255)).min(1).max(500);

const oidc = z
  .strictObject({
    issuer: z.string().refine(isIssuer, 'must be an https: URL (http: for loopback alone)'),
    clientId: z.string().min(1).max(255),
    clientSecret: z
      .string()
      .min(1)
      .transform((secret) => new Secret(secret)),
    scope: z.string().min(1).max(500).default('openid profile email'),
    groupsClaim: z.string().min(1).max(100).default('groups'),
    allow: z
      .strictObject({
        groups: names.optional().describe('Whoever is in one of these groups.'),
        emails: names.optional().describe('Whoever has one of these addresses, verified by the issuer.'),
      })
      .refine(({ groups, emails }) => groups !== undefined || emails !== undefined, {
        error: 'must name groups or emails: an account at the issuer alone makes nobody an admin',
      }),
  })
  .describe(
    'Whose accounts admins log in with. Its redirect URI is /login/callback below the address of the admin.',
  );

export const adminOptions = z
  .strictObject({
    host: z.string().min(1).default('127.0.0.1'),
    port: z.coerce.number<string | number>().int().min(1).max(65_535).default(4001),
    url: address.optional(),
    oidc: oidc.optional(),
  })
  .describe('The admin API and console, on a listener of their own. Not there: they are not served.');

export type AdminOptions = z.output<typeof adminOptions>;
export type AdminOidcOptions = NonNullable<AdminOptions['oidc']>;

/** Where browsers and programs reach the admin listener. */
export function adminUrl({ url, host, port }: Pick<AdminOptions, 'url' | 'host' | 'port'>): URL {
  if (url !== undefined) return new URL(url);
  const anywhere = ['0.0.0.0', '::'].includes(host);
  const name = anywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return new URL(`http://${name}:${port}`);
}

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

function isIssuer(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
}

function isOrigin(value: string): boolean {
  return isIssuer(value) && new URL(value).origin === value;
}
