import { LIMITS } from '../limits.ts';
import { RecipeError } from './recipe-error.ts';
import { literalBytes, type Token, tokensOf } from './tokens.ts';

export type Variable = 'pass' | 'salt' | 'username' | 'pepper' | 'last';
const VARIABLES: readonly string[] = ['pass', 'salt', 'username', 'pepper', 'last'] satisfies Variable[];

export type RecipeNode = { readonly offset: number } & (
  | { readonly kind: 'variable'; readonly name: Variable }
  | { readonly kind: 'literal'; readonly text: string; readonly bytes: Buffer }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'joined'; readonly parts: readonly RecipeNode[] }
  | CallNode
);
export interface CallNode {
  readonly kind: 'call';
  readonly offset: number;
  /** In lower case. */
  readonly name: string;
  readonly args: readonly RecipeNode[];
}

/**
 * Reads a recipe: `expression = term { "." term }`, where a term is a variable, a quoted literal, a number, or
 * `name(expression, ...)`. Case does not matter outside quotes.
 *
 * @throws RecipeError
 */
export function parseRecipe(recipe: string): RecipeNode {
  if (recipe.length > LIMITS.recipe.length) {
    throw new RecipeError(`a recipe has at most ${LIMITS.recipe.length} characters`, LIMITS.recipe.length);
  }
  const tokens = tokensOf(recipe);
  let position = 0;
  const peek = () => tokens[position] as Token;
  const isSign = (text: string) => peek().kind === 'sign' && peek().text === text;

  function expression(depth: number): RecipeNode {
    const { offset } = peek();
    if (depth > LIMITS.recipe.depth) {
      throw new RecipeError(`functions are nested more than ${LIMITS.recipe.depth} deep`, offset);
    }
    const parts = [term(depth)];
    while (isSign('.')) {
      position += 1;
      parts.push(term(depth));
    }
    return parts.length === 1 ? (parts[0] as RecipeNode) : { kind: 'joined', parts, offset };
  }

  function term(depth: number): RecipeNode {
    const token = peek();
    const { offset, text } = token;
    if (token.kind === 'sign' || token.kind === 'end') {
      const what = token.kind === 'end' ? 'the recipe ends here, but' : 'here';
      throw new RecipeError(`${what} a function, a variable or a quoted text is missing`, offset);
    }
    position += 1;
    if (token.kind === 'literal') return { kind: 'literal', text, bytes: literalBytes(token), offset };
    if (token.kind === 'number') return number(token);
    if (token.kind === 'variable') return variable(token);
    return { kind: 'call', name: text.toLowerCase(), args: args(token, depth), offset };
  }

  function args(name: Token, depth: number): RecipeNode[] {
    if (!isSign('(')) {
      throw new RecipeError(
        'a function needs its parentheses; a variable begins with $, literal text stands in quotes',
        name.offset,
      );
    }
    const open = peek().offset;
    const list: RecipeNode[] = [];
    do {
      position += 1;
      list.push(expression(depth + 1));
    } while (isSign(','));
    if (peek().kind === 'end') throw new RecipeError('this parenthesis is not closed', open);
    if (!isSign(')')) throw new RecipeError('here a "." or a "," or a ")" is missing', peek().offset);
    position += 1;
    return list;
  }

  const tree = expression(0);
  if (isSign(')')) throw new RecipeError('this parenthesis was never opened', peek().offset);
  if (peek().kind !== 'end') throw new RecipeError('here a "." is missing', peek().offset);
  return tree;
}

function variable({ text, offset }: Token): RecipeNode {
  const name = text.slice(1).toLowerCase();
  if (!VARIABLES.includes(name)) {
    throw new RecipeError('a variable is $pass, $salt, $username or $pepper', offset);
  }
  return { kind: 'variable', name: name as Variable, offset };
}

function number({ text, offset }: Token): RecipeNode {
  if (text.length > 9) throw new RecipeError('this number is too large', offset);
  return { kind: 'number', value: Number(text), offset };
}

/** The recipe as this project spells it: two recipes of the same spelling do the same. */
export function printRecipe(node: RecipeNode): string {
  switch (node.kind) {
    case 'variable':
      return `$${node.name}`;
    case 'literal':
      return node.text;
    case 'number':
      return String(node.value);
    case 'joined':
      return node.parts.map(printRecipe).join('.');
    case 'call':
      return `${node.name}(${node.args.map(printRecipe).join(', ')})`;
  }
}
