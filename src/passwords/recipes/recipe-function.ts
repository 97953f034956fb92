import type { CallNode } from './parse.ts';
import type { Part } from './part.ts';

export interface RecipeFunction {
  /** For messages and documentation. */
  readonly signature: string;
  /** How many arguments are expressions, and how many numbers follow them. */
  readonly expressions: number;
  readonly numbers: number;
  make(args: readonly Part[], call: CallNode, numbers: readonly number[]): Part;
}
