import { z } from 'zod';
import type { RunTarget } from '../../work/runs.ts';
import type { Shown } from '../page.ts';

export const RUNS = '/runs';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What the form of a backfill asks for; all of it comes as text. */
export const runTyped = {
  how: z.enum(['rehearse', 'copy']).default('rehearse'),
  sinceField: z
    .string()
    .regex(/^[^\s>=]{1,100}$/, 'is the name of a field')
    .optional(),
  since: z.string().regex(DAY, 'is a day such as 2024-01-31').optional(),
  schemes: z.string().max(500).optional(),
  idFrom: z.string().max(90).optional(),
  idTo: z.string().max(90).optional(),
  send: z.enum(['profile', 'hashes']).default('profile'),
  rate: z.string().max(20).optional(),
};

export type RunTyped = z.output<z.ZodObject<typeof runTyped>>;

/** What stands in the form when nothing was typed. */
export const NOTHING_TYPED: RunTyped = z.object(runTyped).parse({});

/** Why something was not begun, and the run that is in its way. */
export interface RunRefused {
  readonly status: number;
  readonly sentence: string;
  readonly run?: string | undefined;
}

/**
 * @param wanted the only target there is, when absent
 * @param options.typed is shown again when it was refused
 */
export function newRunPage(
  choices: readonly RunTarget[],
  wanted: string | undefined,
  { typed, refused }: { typed: RunTyped; refused?: RunRefused | undefined },
): Shown {
  const chosen =
    choices.find(({ target }) => target === wanted) ?? (wanted === undefined ? choices[0] : undefined);
  return {
    view: 'run-new',
    crumbs: [{ label: 'Runs', href: RUNS }],
    ...(refused === undefined ? {} : { status: refused.status }),
    data: { choices, chosen, wanted, typed, refused },
  };
}
