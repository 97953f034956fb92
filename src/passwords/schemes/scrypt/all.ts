import type { Scheme } from '../../scheme.ts';
import { scryptLayouts } from './layouts.ts';
import { scryptScheme } from './scrypt.ts';

/** scrypt in every layout that describes itself. */
export const scrypt: readonly Scheme[] = scryptLayouts.map(scryptScheme);
