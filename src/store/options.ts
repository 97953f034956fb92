import { z } from 'zod';

export const storeUrl = z
  .string()
  .regex(
    /^(sqlite|mysql|mariadb):./,
    'must begin with sqlite: or mysql:, e.g. sqlite:./data/footbridge.sqlite',
  )
  .default('sqlite:./data/footbridge.sqlite')
  .describe("The bridge's own database: one SQLite file, or MySQL/MariaDB when several instances share it.");
