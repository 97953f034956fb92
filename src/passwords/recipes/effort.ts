import type { CallNode, RecipeNode } from './parse.ts';

/** The last function of a recipe, which is what a guess has to be carried through. */
export interface Effort {
  readonly digest: string;
  /** How many times it is computed. */
  readonly rounds: number;
  /** True when each of them is an HMAC, as in PBKDF2. */
  readonly keyed: boolean;
}

/** Functions that write a digest down in another way. */
const SPELLINGS = new Set(['hex', 'base64', 'upper', 'lower', 'substr']);

/** @returns undefined for what is no digest */
export function effortOf(node: RecipeNode | undefined): Effort | undefined {
  if (node?.kind !== 'call') return undefined;
  if (SPELLINGS.has(node.name)) return effortOf(node.args[0]);
  return node.name === 'repeat' ? repeated(node) : single(node);
}

function repeated({ args: [count, step] }: CallNode): Effort | undefined {
  const effort = effortOf(step);
  if (effort === undefined || count?.kind !== 'number') return undefined;
  return { ...effort, rounds: effort.rounds * count.value };
}

function single({ name, args }: CallNode): Effort {
  const [, front, digest = ''] =
    /^(pbkdf2_hmac_|hmac_)?(.*?)(?:_bin)?$/.exec(name.replaceAll('-', '_')) ?? [];
  const iterations = front === 'pbkdf2_hmac_' ? args[2] : undefined;
  return {
    digest,
    rounds: iterations?.kind === 'number' ? iterations.value : 1,
    keyed: front !== undefined,
  };
}
