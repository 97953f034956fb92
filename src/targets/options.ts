import { z } from 'zod';
import { sqlTargetOptions } from './sql/options.ts';

/** Every connector's options; the next connector is one more line. */
export const targetOptions = z.discriminatedUnion('kind', [sqlTargetOptions]);

export type TargetOptions = z.output<typeof targetOptions>;
