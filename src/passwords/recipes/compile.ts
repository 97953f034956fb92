import { LIMITS } from '../limits.ts';
import type { Beside, Scheme } from '../scheme.ts';
import { DIGESTS } from './digests.ts';
import { type Effort, effortOf } from './effort.ts';
import { FUNCTIONS } from './functions.ts';
import { type Layout, layoutOf, noDigest } from './layout.ts';
import { type CallNode, parseRecipe, printRecipe, type RecipeNode, type Variable } from './parse.ts';
import { ASSUMED_BYTES, madeOf, type Output, type Part, readBase64 } from './part.ts';
import { RecipeError } from './recipe-error.ts';

type Decoding = 'unhex' | 'unbase64';

/** What a recipe asks of a row. */
export interface Demand {
  readonly variable: Beside;
  /** The value is written in this way; a row where it is not cannot be verified. */
  readonly decoding?: Decoding;
}

export interface CompiledRecipe {
  /** The normal spelling. */
  readonly name: string;
  readonly demands: readonly Demand[];
  readonly part: Part;
  readonly outermost: /** The stored value is a digest, with literal text around it, and maybe the salt. */
    | {
        readonly kind: 'digest';
        readonly output: Output;
        readonly effort: Effort;
        readonly layout: Layout;
      }
    /** The stored value is one of this scheme, made of the recipe's value in place of the password. */
    | { readonly kind: 'scheme'; readonly scheme: Scheme };
}

/** @returns a scheme whose values name themselves, such as bcrypt; undefined for any other name */
export type FindOutermost = (name: string) => Scheme | undefined;

interface Context {
  /** Collects what the recipe asks of a row. */
  readonly demands: Demand[];
  readonly findOutermost: FindOutermost;
  /** Inside the step of a `repeat`. */
  readonly inRound: boolean;
}

/** @throws RecipeError */
export function compileRecipe(recipe: string, findOutermost: FindOutermost): CompiledRecipe {
  const tree = parseRecipe(recipe);
  const demands: Demand[] = [];
  const context = { demands, findOutermost, inRound: false };
  const scheme = tree.kind === 'call' && !isFunction(tree.name) ? findOutermost(tree.name) : undefined;
  const name = printRecipe(tree);
  if (scheme !== undefined) {
    const part = expressionOf(onlyArgument(tree as CallNode), context);
    return { name, demands, part: checked(part, tree), outermost: { kind: 'scheme', scheme } };
  }
  const parts = tree.kind === 'joined' ? tree.parts : [tree];
  const core = parts.find(({ kind }) => kind !== 'literal' && kind !== 'variable') ?? tree;
  const part = checked(expressionOf(core, context), tree);
  const effort = effortOf(core);
  if (part.output === undefined || effort === undefined) throw noDigest(core.offset);
  const layout = layoutOf(parts, core);
  if (layout.salt !== undefined && !demands.some(({ variable }) => variable === 'salt')) {
    throw new RecipeError('the salt that stands beside the digest is not used in it', tree.offset);
  }
  return { name, demands, part, outermost: { kind: 'digest', output: part.output, effort, layout } };
}

function checked(part: Part, { offset }: RecipeNode): Part {
  if (part.pass === 'none') {
    throw new RecipeError('this does not depend on $pass, so that anybody could come in', offset);
  }
  return part;
}

function expressionOf(node: RecipeNode, context: Context): Part {
  const part = partOf(node, context);
  if (part.maxBytes > LIMITS.recipe.valueBytes) {
    throw new RecipeError(`this becomes longer than ${LIMITS.recipe.valueBytes} bytes`, node.offset);
  }
  if (part.digests > LIMITS.recipe.digests) {
    throw new RecipeError(
      `this is the work of ${part.digests} digests; verified are recipes of up to ${LIMITS.recipe.digests}`,
      node.offset,
    );
  }
  if (part.workBytes > LIMITS.recipe.workBytes) {
    throw new RecipeError(
      `this hashes ${Math.round(part.workBytes / 2 ** 20)} MiB where password and salt are long; verified are recipes of up to ${LIMITS.recipe.workBytes / 2 ** 20} MiB`,
      node.offset,
    );
  }
  return part;
}

function partOf(node: RecipeNode, context: Context): Part {
  switch (node.kind) {
    case 'literal':
      return { ...madeOf([]), evaluate: () => node.bytes, maxBytes: node.bytes.length };
    case 'variable':
      return variablePart(node.name, node.offset, context);
    case 'number':
      throw new RecipeError('a number stands here alone: literal text needs quotes', node.offset);
    case 'joined': {
      const parts = node.parts.map((part) => expressionOf(part, context));
      return {
        ...madeOf(parts),
        evaluate: (inputs) => Buffer.concat(parts.map((part) => part.evaluate(inputs))),
        maxBytes: parts.reduce((sum, { maxBytes }) => sum + maxBytes, 0),
      };
    }
    case 'call':
      return callPart(node, context);
  }
}

/** The longest digest in hexadecimal. */
const LONGEST_ROUND = Math.max(
  ...[...DIGESTS.values()].map(({ bytes }) => 2 * bytes),
  2 * LIMITS.recipe.keyBytes,
);

function variablePart(name: Variable, offset: number, { demands, inRound }: Context): Part {
  const evaluate: Part['evaluate'] = (inputs) => inputs[name];
  if (name === 'last') {
    if (!inRound) throw new RecipeError('$last is the round before, inside repeat(...) alone', offset);
    return { ...madeOf([]), evaluate, maxBytes: LONGEST_ROUND, usesLast: true };
  }
  if (name === 'pass')
    return { ...madeOf([]), evaluate, maxBytes: ASSUMED_BYTES, passBytes: 1, pass: 'bare' };
  demands.push({ variable: name });
  return { ...madeOf([]), evaluate, maxBytes: ASSUMED_BYTES };
}

function callPart(call: CallNode, context: Context): Part {
  const name = call.name.replaceAll('-', '_');
  if (name === 'repeat') return repeatPart(call, context);
  if (name === 'unhex' || name === 'unbase64') return decodedPart(name, call, context);
  const found = FUNCTIONS.get(name);
  if (found === undefined) {
    const message =
      context.findOutermost(call.name) === undefined
        ? `there is no function called ${shown(call.name)}`
        : `${call.name}(...) has a salt of its own: it can only stand outermost`;
    throw new RecipeError(message, call.offset);
  }
  const { expressions, numbers, signature, make } = found;
  if (call.args.length !== expressions + numbers) {
    throw new RecipeError(`write ${signature}`, call.offset);
  }
  const args = call.args.slice(0, expressions).map((arg) => expressionOf(arg, context));
  return make(
    args,
    call,
    call.args.slice(expressions).map((arg) => numberOf(arg, signature)),
  );
}

/** `repeat(rounds, step)` or `repeat(rounds, step, start)`: `$last` is the start, or nothing, in the first round. */
function repeatPart(call: CallNode, context: Context): Part {
  const signature = 'repeat(rounds, step) or repeat(rounds, step, start), where the step uses $last';
  const [count, stepNode, startNode, ...more] = call.args;
  if (count === undefined || stepNode === undefined || more.length > 0) {
    throw new RecipeError(`write ${signature}`, call.offset);
  }
  const rounds = numberOf(count, signature);
  if (rounds < 1) throw new RecipeError('there is at least one round', count.offset);
  const step = expressionOf(stepNode, { ...context, inRound: true });
  const start = startNode === undefined ? undefined : expressionOf(startNode, context);
  const { output } = step;
  if (output === undefined) throw new RecipeError('each round must make a digest', stepNode.offset);
  if (!step.usesLast)
    throw new RecipeError('the step does not use $last, so that rounds do nothing', stepNode.offset);
  const inner = madeOf(start === undefined ? [step] : [step, start]);
  return {
    ...inner,
    evaluate(inputs) {
      let last: Uint8Array = start?.evaluate(inputs) ?? new Uint8Array();
      for (let round = 0; round < rounds; round += 1) last = step.evaluate({ ...inputs, last });
      return last;
    },
    output,
    maxBytes: step.maxBytes,
    passBytes: 0,
    digests: rounds * step.digests + (start?.digests ?? 0),
    workBytes: rounds * step.workBytes + (start?.workBytes ?? 0),
    passWorkBytes: rounds * step.passWorkBytes + (start?.passWorkBytes ?? 0),
    pass: inner.pass === 'none' ? 'none' : 'digested',
    usesLast: start?.usesLast ?? false,
  };
}

/** Of a variable of the row alone: what a digest makes is there as bytes by its `_bin` name. */
function decodedPart(decoding: Decoding, call: CallNode, { demands }: Context): Part {
  const [argument, ...more] = call.args;
  const isOfRow = argument?.kind === 'variable' && argument.name !== 'pass' && argument.name !== 'last';
  if (!isOfRow || more.length > 0) {
    throw new RecipeError(`write ${decoding}($salt); the bytes of a digest are md5_bin(...)`, call.offset);
  }
  const variable = argument.name as Beside;
  demands.push({ variable, decoding });
  return {
    ...madeOf([]),
    evaluate: (inputs) => decode(Buffer.from(inputs[variable]).toString('utf8'), decoding) ?? Buffer.alloc(0),
    maxBytes: ASSUMED_BYTES,
  };
}

/** @returns undefined when the text is not hexadecimal, or not base64 */
export function decode(text: string, decoding: Decoding): Buffer | undefined {
  if (decoding === 'unbase64') return readBase64(text);
  return /^(?:[0-9a-f]{2})*$/i.test(text) ? Buffer.from(text, 'hex') : undefined;
}

function numberOf(node: RecipeNode, signature: string): number {
  if (node.kind !== 'number') throw new RecipeError(`here a number is missing: ${signature}`, node.offset);
  return node.value;
}

function onlyArgument({ name, args, offset }: CallNode): RecipeNode {
  const [argument, ...more] = args;
  if (argument === undefined || more.length > 0) {
    throw new RecipeError(`${name} takes one value; its parameters stand in each row`, offset);
  }
  return argument;
}

function isFunction(name: string): boolean {
  return ['repeat', 'unhex', 'unbase64'].includes(name) || FUNCTIONS.has(name.replaceAll('-', '_'));
}

const shown = (name: string) => (name.length > 40 ? 'this' : `"${name}"`);
