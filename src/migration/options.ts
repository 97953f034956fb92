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
