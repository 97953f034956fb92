import { z } from 'zod';

const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;

/** What every list takes. Pages are found by the key of the last row, so nobody is skipped or told twice. */
export const pageQuery = {
  limit: z.coerce
    .number<string>()
    .int()
    .min(1)
    .max(MAX_LIMIT)
    .default(DEFAULT_LIMIT)
    .describe(`How many at most, 1 to ${MAX_LIMIT}.`),
  after: z.string().min(1).max(1000).optional().describe('The `next` of the page before.'),
};

export interface PageRequest {
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface Page<T> {
  readonly items: T[];
  /** Undefined at the end. */
  readonly next: string | undefined;
}

/** What every list answers with. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next: z.string().optional().describe('Give it as `after` for the next page; absent at the end.'),
  });
}

/** A page of a list that is in memory, ordered by a key that is its own. */
export function pageFrom<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  { after, limit }: PageRequest,
): Page<T> {
  const rest = [...all]
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
    .filter((item) => after === undefined || keyOf(item) > after);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rest.length > limit && last !== undefined ? keyOf(last) : undefined };
}
