import { z } from 'zod';
import { schemeNameFault } from './known-schemes.ts';
import { schemeListFaults } from './scheme-list.ts';

/** The name of a scheme, or a recipe, as configuration spells it. */
export const schemeName = z.string().superRefine((name, context) => {
  const message = schemeNameFault(name);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

/** Several schemes of one table, in the order in which they are tried on the shape of a value. */
export const schemeList = z.array(schemeName).superRefine((names, context) => {
  for (const { index, message } of schemeListFaults(names)) {
    context.addIssue({ code: 'custom', path: [index], message });
  }
});

export const passwordsOptions = z
  .strictObject({
    maxBytes: z
      .int()
      .min(72)
      .max(65_536)
      .default(4096)
      .describe('A longer password is refused before any hashing, in bytes.'),
    threads: z.int().min(1).max(64).optional().describe('Worker threads that hash; default: one a core.'),
    maxQueue: z
      .int()
      .min(1)
      .max(10_000)
      .default(64)
      .describe('Verifications that may wait; one more is answered with 503 and Retry-After.'),
    argon2id: z
      .strictObject({
        memoryKiB: z.int().min(7168).max(262_144).default(19_456),
        iterations: z.int().min(1).max(10).default(2),
        parallelism: z.int().min(1).max(16).default(1),
      })
      .prefault({})
      .describe('The rehash. Defaults are the first choice of the OWASP password storage cheat sheet.'),
  })
  .describe('How passwords are verified and rehashed.');

export type PasswordsOptions = z.output<typeof passwordsOptions>;
