import { z } from 'zod';

export const workerOptions = z
  .strictObject({
    concurrency: z.int().min(1).max(100).default(4).describe('Copies under way at once, per target.'),
    pollMs: z.int().min(50).max(60_000).default(1_000).describe('How often the ledger is asked for work.'),
    leaseSeconds: z
      .int()
      .min(5)
      .max(3_600)
      .default(60)
      .describe('After this a dead courier’s work is taken over.'),
    maxAttempts: z.int().min(1).max(100).default(12).describe('After so many failures a copy is parked.'),
  })
  .describe('The courier.');

export type WorkerOptions = z.output<typeof workerOptions>;

const carried = z.enum(['disable', 'remove', 'nothing']);

export const syncOptions = z
  .strictObject({
    everyMinutes: z
      .number()
      .min(0)
      .max(10_080)
      .default(0)
      .describe(
        'How often "serve" and "worker" carry later changes across; 0: "footbridge sync" alone does.',
      ),
    fullEveryHours: z
      .number()
      .min(0)
      .max(8_760)
      .default(24)
      .describe('How often they also read whole tables, which is how deletions are found.'),
    onDisabled: carried.default('disable').describe('At targets that can: what becomes of the disabled.'),
    onDeleted: carried.default('disable').describe('At targets that can: what becomes of the deleted.'),
    holdAbovePercent: z
      .number()
      .min(0)
      .max(100)
      .default(1)
      .describe(
        'When more of the people across are deleted at once, or more are disabled, the run waits for an admin’s yes.',
      ),
    holdAbovePeople: z
      .int()
      .min(0)
      .max(1_000_000)
      .default(5)
      .describe(
        'So few deleted, and so few disabled, never wait for it, whatever their share: in a small table one is more than a per cent.',
      ),
  })
  .describe('Later changes, disables and deletions.');

export type SyncOptions = z.output<typeof syncOptions>;
