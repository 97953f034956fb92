import { z } from 'zod';
import { contrast } from './branding/contrast.ts';

export const serverOptions = z
  .strictObject({
    host: z.string().min(1).default('127.0.0.1'),
    port: z.coerce.number<string | number>().int().min(0).max(65_535).default(4000),
    trustProxy: z
      .union([z.literal(false), z.array(z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()])).min(1)])
      .default(false)
      .describe('Addresses or CIDR ranges of the proxies whose X-Forwarded-For is believed; false: nobody.'),
  })
  .prefault({});

export type ServerOptions = z.output<typeof serverOptions>;

/** `--card` of style.css, light and dark: what the colour is read on. */
const CARDS = { light: '#ffffff', dark: '#1b1f27' };
/** WCAG 2.2, success criterion 1.4.3. */
const MIN_CONTRAST = 4.5;

const color = (scheme: keyof typeof CARDS) =>
  z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour as #rrggbb')
    .refine((value) => contrast(value, CARDS[scheme]) >= MIN_CONTRAST, {
      error: `cannot be read on ${CARDS[scheme]}, the ground of the ${scheme} pages: their contrast must be ${MIN_CONTRAST} or more`,
    })
    .optional();

const secureLink = z.url({ protocol: /^https$/, error: 'must be an https: URL' }).optional();

export const brandingOptions = z
  .strictObject({
    name: z.string().trim().min(1).max(60).optional().describe('Stands above the login page.'),
    colors: z
      .strictObject({ light: color('light'), dark: color('dark') })
      .prefault({})
      .describe('Of buttons and links, for light and dark screens, as #rrggbb.'),
    links: z
      .strictObject({
        forgotPassword: secureLink.describe('Where a person sets a new password; shown at the login form.'),
        privacy: secureLink,
        imprint: secureLink,
        support: z
          .url({ protocol: /^(https|mailto)$/, error: 'must be an https: or mailto: URL' })
          .optional(),
      })
      .prefault({})
      .describe('Shown at the login form and below each page.'),
    folder: z
      .string()
      .min(1)
      .optional()
      .describe('Holds logo.svg or logo.png, theme.css and templates; relative to the configuration file.'),
  })
  .describe('How the pages for people look: docs/reference/branding.md.');

export type BrandingOptions = z.output<typeof brandingOptions>;
