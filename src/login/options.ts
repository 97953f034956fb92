import { z } from 'zod';

const limit = (points: number, seconds: number) =>
  z
    .strictObject({
      attempts: z.int().min(1).max(1_000_000).default(points),
      seconds: z.int().min(1).max(86_400).default(seconds),
    })
    .prefault({});

export const loginOptions = z
  .strictObject({
    throttle: z
      .strictObject({
        account: limit(10, 900).describe('Failed attempts on one account. A success forgets them.'),
        address: limit(100, 900).describe('Failed attempts from one address (IPv6: one /64).'),
      })
      .prefault({}),
  })
  .describe('Throttling, counted in the store before anything is hashed.');

export type LoginOptions = z.output<typeof loginOptions>;
