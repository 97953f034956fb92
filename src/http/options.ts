import { z } from 'zod';

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
