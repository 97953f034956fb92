import type { Scheme } from '../../scheme.ts';
import { binaryLayouts } from './binary-layouts.ts';
import { p5k2Layouts } from './p5k2-layouts.ts';
import { pbkdf2Scheme } from './pbkdf2.ts';
import { textLayouts } from './text-layouts.ts';

/** PBKDF2 in every layout that describes itself. */
export const pbkdf2: readonly Scheme[] = [...textLayouts, ...binaryLayouts, ...p5k2Layouts].map(pbkdf2Scheme);
