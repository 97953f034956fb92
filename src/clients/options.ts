import { z } from 'zod';
import { Secret } from '../runtime/secret.ts';
import { checkClient, clientShape, usesSecret } from './client.ts';
import { migrationOptions } from './migration-options.ts';

/** Shorter secrets could be guessed from their digest: 32 characters of base64url are 192 bits. */
const MIN_SECRET_LENGTH = 32;

export const clientOptions = z
  .strictObject({
    ...clientShape,
    client_secret: z
      .string()
      .min(
        MIN_SECRET_LENGTH,
        `must have at least ${MIN_SECRET_LENGTH} characters (e.g. openssl rand -base64 32)`,
      )
      .transform((secret) => new Secret(secret))
      .optional()
      .describe('Stored as a keyed digest.'),
    migration: migrationOptions.prefault({}),
  })
  .superRefine((client, context) => {
    checkClient(client, context);
    if (usesSecret(client) !== (client.client_secret !== undefined)) {
      const message = usesSecret(client)
        ? `token_endpoint_auth_method ${client.token_endpoint_auth_method} needs a client_secret`
        : `token_endpoint_auth_method ${client.token_endpoint_auth_method} takes no client_secret`;
      context.addIssue({ code: 'custom', path: ['client_secret'], message });
    }
  });

export type ClientOptions = z.output<typeof clientOptions>;
