import { z } from 'zod';

const seconds = (fallback: number) => z.int().min(1).max(31_536_000).default(fallback);

export const oidcOptions = z
  .strictObject({
    lifetimes: z
      .strictObject({
        session: seconds(14 * 86_400),
        interaction: seconds(15 * 60),
        authorizationCode: seconds(60),
        accessToken: seconds(3600),
        idToken: seconds(3600),
        refreshToken: seconds(14 * 86_400),
        grant: seconds(90 * 86_400).describe(
          'How long a client may go on refreshing until the person has to log in again.',
        ),
      })
      .prefault({})
      .describe('In seconds.'),
    app: z
      .strictObject({
        acrPrefix: z
          .string()
          .regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,64}$/, 'must be visible ASCII characters')
          .default('app:')
          .describe('A value of acr_values that begins so names the app: app:shop.'),
        parameter: z
          .string()
          .regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be lower-case letters, digits and underscores')
          .optional()
          .describe('A parameter of the authorization request that names the app; counts before acr_values.'),
      })
      .prefault({})
      .describe('How a client that serves several apps says which one a login is for.'),
    clockTolerance: z.int().min(0).max(300).default(10).describe('In seconds.'),
  })
  .describe('What OIDC leaves to the provider.');

export type OidcOptions = z.output<typeof oidcOptions>;
