import { z } from 'zod';
import { schemeName } from '../passwords/options.ts';
import { Secret } from '../runtime/secret.ts';

const column = z.string().min(1).max(128);

export const directoryWriteBack = z.strictObject({
  url: z
    .string()
    .min(1)
    .transform((url) => new Secret(url))
    .describe(
      "A second account, in the same form as the directory's own url, that may UPDATE the password column (and the salt " +
        'column) and SELECT these and the key: nothing else. Of the server that takes writes, where there are replicas.',
    ),
  table: column
    .optional()
    .describe("Where the directory reads a view: the table below it. The directory's own otherwise."),
  id: column.optional().describe("The key's column there; the directory's own otherwise."),
  column: column.optional().describe("The password's column there; the directory's own otherwise."),
  salt: column.optional().describe("The salt's column there; the directory's own otherwise."),
  freshSalt: z
    .boolean()
    .default(true)
    .describe('Write the salt column too, where there is one. Without it each row keeps its salt.'),
  scheme: schemeName
    .optional()
    .describe(
      "Hash by this scheme with its usual parameters, whatever the row has; the legacy app must read it. The row's own otherwise.",
    ),
  weakScheme: z
    .enum(['refuse', 'allow'])
    .default('refuse')
    .describe(
      'Whether passwords may be written by a scheme that is broken (one MD5, no hash at all). The legacy table then ' +
        "gives the new platform's password away to whoever steals it.",
    ),
  timeoutMs: z.int().min(100).max(60_000).default(5_000).describe('For one write, connecting included.'),
});

/** By the name of the legacy directory (`legacy`, unless it has another); a directory that is not named is never written to. */
export const writeBackOptions = z
  .record(z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/), directoryWriteBack)
  .describe(
    'Off unless given. Writes a password that was changed on the new platform to the legacy column, in the legacy ' +
      'scheme: by the name of the legacy directory. See docs/reference/write-back.md.',
  );

export type DirectoryWriteBack = z.output<typeof directoryWriteBack>;
export type WriteBackOptions = z.output<typeof writeBackOptions>;
