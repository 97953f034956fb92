import { pbkdf2Sync } from 'node:crypto';
import type { Charset } from '../../domain/credential.ts';
import { transcode } from '../charsets/transcode.ts';
import { DIGEST_MILLISECONDS, HMAC_MILLISECONDS, pbkdf2Milliseconds } from '../cost.ts';
import { LIMITS } from '../limits.ts';
import { DIGESTS, type Digest, hmac } from './digests.ts';
import { changed, madeOf, type Output, type Part } from './part.ts';
import { RecipeError } from './recipe-error.ts';
import type { RecipeFunction } from './recipe-function.ts';
import { TEXT_FUNCTIONS } from './text-functions.ts';

/** How many digests an HMAC counts as. */
const DIGESTS_OF_HMAC = Math.ceil(HMAC_MILLISECONDS / DIGEST_MILLISECONDS);

/**
 * By name. `repeat`, `unhex` and `unbase64` are not here: they concern the recipe around them (`compile.ts`), and so
 * do the schemes that may stand outermost.
 */
export const FUNCTIONS: ReadonlyMap<string, RecipeFunction> = new Map([
  ...[...DIGESTS].flatMap(([name, digest]) => digestFunctions(name, digest)),
  ['hex', { signature: 'hex(value)', expressions: 1, numbers: 0, make: hexOf }],
  ['base64', { signature: 'base64(value)', expressions: 1, numbers: 0, make: base64Of }],
  ['upper', caseFunction('upper', (text) => text.replaceAll(/[a-z]+/g, (found) => found.toUpperCase()))],
  ['lower', caseFunction('lower', (text) => text.replaceAll(/[A-Z]+/g, (found) => found.toLowerCase()))],
  ...TEXT_FUNCTIONS,
  ['braced', { signature: 'braced($salt)', expressions: 1, numbers: 0, make: braced }],
  ...(['utf16le', 'latin1', 'cp1252'] as const).map(
    (charset) => [charset, charsetFunction(charset)] as const,
  ),
] as [string, RecipeFunction][]);

/** `md5` is the digest in lower-case hexadecimal, as in hashcat and PHP; `md5_bin` its bytes. */
function digestFunctions(name: string, { bytes, compute, openssl }: Digest): [string, RecipeFunction][] {
  const plain = inBothForms(name, 'value', 1, bytes, 1, ([value]) => compute(value as Uint8Array));
  if (openssl === undefined) return plain;
  return [
    ...plain,
    ...inBothForms(`hmac_${name}`, 'key, message', 2, bytes, DIGESTS_OF_HMAC, ([key, message]) =>
      hmac(openssl, key as Uint8Array, message as Uint8Array),
    ),
    ...pbkdf2Functions(`pbkdf2_hmac_${name}`, openssl, bytes),
  ];
}

function inBothForms(
  name: string,
  parameters: string,
  expressions: number,
  bytes: number,
  digests: number,
  compute: (values: Uint8Array[]) => Buffer,
): [string, RecipeFunction][] {
  const make = (encoding: Output['encoding']) => (args: readonly Part[]) =>
    digestPart(args, { encoding, bytes }, digests, compute);
  return [
    [name, { signature: `${name}(${parameters})`, expressions, numbers: 0, make: make('hex') }],
    [`${name}_bin`, { signature: `${name}_bin(${parameters})`, expressions, numbers: 0, make: make('raw') }],
  ];
}

function pbkdf2Functions(name: string, openssl: string, digestBytes: number): [string, RecipeFunction][] {
  const make =
    (encoding: Output['encoding']): RecipeFunction['make'] =>
    (args, call, [iterations = 0, bytes = 0]) => {
      if (iterations < 1) throw new RecipeError('there is at least one iteration', call.offset);
      if (bytes < 16 || bytes > LIMITS.recipe.keyBytes) {
        throw new RecipeError(`the key has 16 to ${LIMITS.recipe.keyBytes} bytes`, call.offset);
      }
      // An iteration inside OpenSSL takes less time than a digest that is asked for from here.
      const milliseconds = pbkdf2Milliseconds(openssl, iterations, Math.ceil(bytes / digestBytes));
      const digests = Math.ceil(milliseconds / DIGEST_MILLISECONDS);
      return digestPart(args, { encoding, bytes }, digests, ([password, salt]) =>
        pbkdf2Sync(password as Uint8Array, salt as Uint8Array, iterations, bytes, openssl),
      );
    };
  const signature = '(password, salt, iterations, bytes)';
  return [
    [name, { signature: name + signature, expressions: 2, numbers: 2, make: make('hex') }],
    [`${name}_bin`, { signature: `${name}_bin${signature}`, expressions: 2, numbers: 2, make: make('raw') }],
  ];
}

function digestPart(
  args: readonly Part[],
  output: Output,
  digests: number,
  compute: (values: Uint8Array[]) => Buffer,
): Part {
  const inner = madeOf(args);
  return {
    ...inner,
    evaluate(inputs) {
      const digest = compute(args.map((arg) => arg.evaluate(inputs)));
      return output.encoding === 'raw' ? digest : Buffer.from(digest.toString('hex'), 'latin1');
    },
    output,
    maxBytes: output.encoding === 'raw' ? output.bytes : 2 * output.bytes,
    passBytes: 0,
    digests: inner.digests + digests,
    workBytes: inner.workBytes + args.reduce((sum, { maxBytes }) => sum + maxBytes, 0),
    passWorkBytes: inner.passWorkBytes + inner.passBytes,
    pass: inner.pass === 'none' ? 'none' : 'digested',
  };
}

function hexOf([inner]: readonly Part[]): Part {
  return encoded(inner as Part, 'hex', 2 * (inner as Part).maxBytes);
}

function base64Of([inner]: readonly Part[]): Part {
  return encoded(inner as Part, 'base64', 4 * Math.ceil((inner as Part).maxBytes / 3));
}

function encoded(inner: Part, encoding: 'hex' | 'base64', maxBytes: number): Part {
  const bytes = inner.output === undefined ? undefined : inner.maxBytes;
  return {
    ...changed(inner),
    evaluate: (inputs) => Buffer.from(Buffer.from(inner.evaluate(inputs)).toString(encoding), 'latin1'),
    ...(bytes === undefined ? {} : { output: { encoding, bytes } }),
    maxBytes,
    passBytes: (inner.passBytes * maxBytes) / Math.max(1, inner.maxBytes),
  };
}

/** ASCII alone: what a letter beyond it becomes depended on the locale of the legacy system. */
function caseFunction(name: string, change: (text: string) => string): RecipeFunction {
  return {
    signature: `${name}(value)`,
    expressions: 1,
    numbers: 0,
    make([inner], call) {
      const { output, maxBytes } = inner as Part;
      const rest = changed(inner as Part);
      if (output !== undefined && output.encoding !== 'hex') {
        throw new RecipeError(
          `${name} changes text; this is ${output.encoding === 'raw' ? 'bytes' : 'base64'}`,
          call.offset,
        );
      }
      return {
        ...rest,
        maxBytes,
        ...(output === undefined ? {} : { output }),
        evaluate: (inputs) =>
          Buffer.from(change(Buffer.from((inner as Part).evaluate(inputs)).toString('latin1')), 'latin1'),
        foldsCase: rest.foldsCase || rest.pass === 'bare',
      };
    },
  };
}

/**
 * `{salt}`, and nothing at all for an empty salt: what Symfony's MessageDigestPasswordEncoder and Spring Security's
 * old digest encoders append (`mergePasswordAndSalt`).
 */
function braced([inner]: readonly Part[]): Part {
  const { output: _, ...rest } = inner as Part;
  return {
    ...rest,
    evaluate(inputs) {
      const value = (inner as Part).evaluate(inputs);
      return value.length === 0 ? value : Buffer.concat([Buffer.from('{'), value, Buffer.from('}')]);
    },
    maxBytes: rest.maxBytes + 2,
  };
}

function charsetFunction(charset: Exclude<Charset, 'utf8'>): RecipeFunction {
  return {
    signature: `${charset}(value)`,
    expressions: 1,
    numbers: 0,
    make([inner]) {
      const { maxBytes, passBytes } = inner as Part;
      return {
        ...changed(inner as Part),
        evaluate(inputs) {
          const { bytes, faithful } = transcode((inner as Part).evaluate(inputs), charset);
          if (!faithful) inputs.impossible();
          return bytes;
        },
        // A character reference of windows-1252 takes up to four times the bytes of UTF-8.
        maxBytes: maxBytes * (charset === 'cp1252' ? 4 : 2),
        passBytes: passBytes * (charset === 'utf16le' ? 2 : 1),
      };
    },
  };
}
