import { timingSafeEqual } from 'node:crypto';
import { BYTE_MILLISECONDS, costOf, DIGEST_MILLISECONDS } from '../cost.ts';
import { EXAMPLE } from '../example.ts';
import { saltTextLike } from '../fresh-salt.ts';
import { judgeDigest, judgePbkdf2 } from '../judgement.ts';
import type { About, Judgement, ParsedHash, Scheme, StoredHash } from '../scheme.ts';
import { besideFault } from '../schemes/beside-fault.ts';
import { writtenLike } from '../schemes/written-like.ts';
import { type CompiledRecipe, compileRecipe, type Demand, decode, type FindOutermost } from './compile.ts';
import type { Effort } from './effort.ts';
import { readLayout, writeLayout } from './layout.ts';
import { digestIn, type Inputs, type Output } from './part.ts';
import { trimmed } from './text-functions.ts';

/** Milliseconds of what surrounds the digests. */
const BASE_COST = 0.01;

/** What is known of a recipe that software stores. */
type Known = Pick<About, 'foundIn'> & Partial<Pick<About, 'example'>>;

const SOMEWHERE: Known = { foundIn: 'applications that call these functions themselves' };

/**
 * A recipe in hashcat's notation as a scheme, compiled once. Its values do not name it (32 hexadecimal digits may be
 * MD5, NTLM or any recipe), so configuration does.
 *
 * @param known the software that stores it
 * @throws RecipeError
 */
export function recipeScheme(text: string, findOutermost: FindOutermost, known = SOMEWHERE): Scheme {
  const recipe = compileRecipe(text, findOutermost);
  const { name, outermost } = recipe;
  return {
    name,
    about: aboutRecipe(recipe, known),
    needs: [...new Set(recipe.demands.map(({ variable }) => variable))],
    selfDescribing: false,
    parse: (stored) =>
      outermost.kind === 'scheme'
        ? parsedByScheme(recipe, outermost.scheme, stored)
        : parsedDigest(recipe, outermost, stored),
    damage: (encoded) => (outermost.kind === 'scheme' ? outermost.scheme.damage?.(encoded) : undefined),
  };
}

function aboutRecipe(recipe: CompiledRecipe, { foundIn, example: known }: Known): About {
  const { outermost, part } = recipe;
  if (outermost.kind === 'scheme') {
    const { example, ignores } = outermost.scheme.about;
    return {
      foundIn,
      example: known ?? example,
      ...(known === undefined ? { layoutOnly: true } : {}),
      ...(ignores === undefined || part.output ? {} : { ignores }),
    };
  }
  return {
    foundIn,
    /** Computed when it is asked for: a recipe may be long work. */
    get example() {
      if (known !== undefined) return known;
      const { output, layout } = outermost;
      const { password, ...beside } = EXAMPLE;
      const { value } = evaluate(recipe, { encoded: '', ...beside }, Buffer.from(password));
      return writeLayout(layout, digestIn(value, output).toString(writtenIn(output)), beside.salt);
    },
    ...ignoredBy(part),
  };
}

function ignoredBy({ foldsCase, trims }: CompiledRecipe['part']): Pick<About, 'ignores'> {
  const ignored = [
    ...(foldsCase ? ['whether letters are capitals'] : []),
    ...(trims ? ['blanks at both ends'] : []),
  ];
  return ignored.length === 0 ? {} : { ignores: ignored.join(' and ') };
}

type DigestOutermost = Extract<CompiledRecipe['outermost'], { kind: 'digest' }>;

function parsedDigest(recipe: CompiledRecipe, { output, effort, layout }: DigestOutermost, row: StoredHash) {
  const laidOut = readLayout(layout, row.encoded, output);
  if (laidOut === undefined) return undefined;
  const { expected, salt = row.salt } = laidOut;
  const stored = salt === undefined ? row : { ...row, salt };
  return {
    scheme: recipe.name,
    parameters: { digest: effort.digest, ...(effort.rounds === 1 ? {} : { rounds: effort.rounds }) },
    judgement: judgementOf(effort),
    ...rowFault(recipe, stored),
    cost: costOfRecipe(recipe, 0),
    costFor: (bytes) => costOfRecipe(recipe, bytes),
    async verify(password) {
      const { value, possible } = evaluate(recipe, stored, password);
      const computed = digestIn(value, output);
      return computed.length === expected.length && timingSafeEqual(computed, expected) && possible;
    },
    lossy: (password) => losesSome(recipe, password),
    decoy: () => writeLayout(layout, decoyDigest(output)),
    async remake(password, fresh) {
      const freshSalt = laidOut.salt === undefined ? stored.salt : saltTextLike(laidOut.salt, fresh);
      const salted = freshSalt === undefined ? stored : { ...stored, salt: freshSalt };
      const { value, possible } = evaluate(recipe, salted, password);
      const text = writtenLike(laidOut.text, expected, digestIn(value, output));
      return text === undefined || !possible ? undefined : writeLayout(layout, text, freshSalt);
    },
  } satisfies ParsedHash;
}

function parsedByScheme(recipe: CompiledRecipe, scheme: Scheme, stored: StoredHash): ParsedHash | undefined {
  const outer = scheme.parse({ encoded: stored.encoded });
  if (outer === undefined) return undefined;
  return {
    scheme: recipe.name,
    parameters: outer.parameters,
    judgement: outer.judgement,
    ...(outer.outOfBounds === undefined ? rowFault(recipe, stored) : { outOfBounds: outer.outOfBounds }),
    cost: outer.cost + costOfRecipe(recipe, 0),
    costFor: (bytes) => costOf(outer, recipe.part.passBytes * bytes) + costOfRecipe(recipe, bytes),
    async verify(password) {
      const { value, possible } = evaluate(recipe, stored, password);
      return (await outer.verify(value)) && possible;
    },
    lossy(password) {
      if (losesSome(recipe, password)) return true;
      const { value } = evaluate(recipe, stored, password);
      return (
        outer.lossy(value) && (recipe.part.output === undefined || outer.lossy(value.subarray(0, ENOUGH)))
      );
    },
    decoy: () => outer.decoy(),
    async remake(password, fresh) {
      const { value, possible } = evaluate(recipe, stored, password);
      return possible ? outer.remake?.(value, fresh) : undefined;
    },
  };
}

function judgementOf({ digest, rounds, keyed }: Effort): Judgement {
  return keyed && rounds > 1 ? judgePbkdf2({ digest, iterations: rounds }) : judgeDigest({ digest, rounds });
}

/**
 * Bytes of a digest. bcrypt reads 72 of the 128 characters of `sha512(...)`: that cut ignores nothing that was typed,
 * since each character of the digest depends on all of the password. A scheme that reads fewer than these 32
 * (128 bits in hexadecimal), or ends at a NUL among them, could be satisfied by another password.
 */
const ENOUGH = 32;

function evaluate({ part }: CompiledRecipe, stored: StoredHash, pass: Uint8Array) {
  let possible = true;
  const inputs: Inputs = {
    pass,
    salt: Buffer.from(stored.salt ?? ''),
    username: Buffer.from(stored.username ?? ''),
    pepper: Buffer.from(stored.pepper ?? ''),
    last: new Uint8Array(),
    impossible: () => {
      possible = false;
    },
  };
  const value = part.evaluate(inputs);
  return { value, possible };
}

/** An empty salt is a salt: the legacy system put nothing beside the password either. */
function rowFault(recipe: CompiledRecipe, stored: StoredHash): { outOfBounds?: string } {
  for (const demand of recipe.demands) {
    const outOfBounds = demandFault(recipe.name, demand, stored[demand.variable]);
    if (outOfBounds !== undefined) return { outOfBounds };
  }
  return {};
}

function demandFault(name: string, { variable, decoding }: Demand, value: string | undefined) {
  const fault = besideFault(name, variable, value);
  if (fault !== undefined) return fault;
  if (value !== undefined && decoding !== undefined && decode(value, decoding) === undefined) {
    return `The ${variable} is not ${decoding === 'unhex' ? 'hexadecimal' : 'base64'}, as ${name} has it.`;
  }
  return undefined;
}

/** `md5(lower($pass))` lets in whoever types the letters in any case, `md5(trim($pass))` with any blanks around. */
const losesSome = ({ part }: CompiledRecipe, password: Uint8Array) =>
  (part.foldsCase && /[a-z]/i.test(Buffer.from(password).toString('latin1'))) ||
  (part.trims && trimmed(password).length < password.length);

const costOfRecipe = ({ part: { digests, passWorkBytes } }: CompiledRecipe, bytes: number) =>
  BASE_COST + DIGEST_MILLISECONDS * digests + BYTE_MILLISECONDS * passWorkBytes * bytes;

const decoyDigest = (output: Output) => Buffer.alloc(output.bytes).toString(writtenIn(output));

/** Bare bytes are written as base64 or hexadecimal; either is read. */
const writtenIn = ({ encoding }: Output) => (encoding === 'hex' ? 'hex' : 'base64');
