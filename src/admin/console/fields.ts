import type { z } from 'zod';
import { Refusal } from '../../http/refusal.ts';

/** What a browser sends of a form or in a query: an empty field is one that was not filled in. */
export function filledIn(fields: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  return Object.fromEntries([...fields].filter(([name, value]) => name !== 'csrf' && value !== ''));
}

/** @throws Refusal 400 with a sentence that names every fault */
export function checked(schema: z.ZodObject | undefined, value: unknown): Record<string, unknown> {
  if (schema === undefined) return {};
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) =>
    [path.map(String).join('.'), message].filter((part) => part !== '').join(': '),
  );
  throw new Refusal(400, 'invalid_input', `This was not understood. ${faults.join('; ')}.`);
}
