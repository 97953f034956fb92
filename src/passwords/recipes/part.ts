/** What a recipe's variables stand for while one password is verified. */
export interface Inputs {
  readonly pass: Uint8Array;
  readonly salt: Uint8Array;
  readonly username: Uint8Array;
  readonly pepper: Uint8Array;
  /** The value of the round before, inside `repeat`. */
  readonly last: Uint8Array;
  /** Called when the legacy system cannot have been given this password: nothing matches then. */
  readonly impossible: () => void;
}

/** A compiled piece of a recipe. */
export interface Part {
  evaluate(inputs: Inputs): Uint8Array;
  /** Set where the value is nothing but a digest, written in some way. */
  readonly output?: Output;
  /** How long the value may become, for a password of `ASSUMED_BYTES`. */
  readonly maxBytes: number;
  /** How many bytes of the value each byte of the password makes, usually. */
  readonly passBytes: number;
  /** Digests that one evaluation computes, roughly. */
  readonly digests: number;
  /** Bytes that functions work through in one evaluation, for a password of `ASSUMED_BYTES`. */
  readonly workBytes: number;
  /** How many of them each byte of the password makes, usually. */
  readonly passWorkBytes: number;
  /** `bare`: the password is there as it was typed or in another encoding; `digested`: only what a digest made of it. */
  readonly pass: 'none' | 'digested' | 'bare';
  readonly usesLast: boolean;
  /** True when the case of the password's letters is thrown away. */
  readonly foldsCase: boolean;
  /** True when blanks around the password are thrown away. */
  readonly trims: boolean;
}

export interface Output {
  readonly encoding: 'raw' | 'hex' | 'base64';
  /** Of the digest itself. */
  readonly bytes: number;
}

/** The default bound on a password, and what salt columns and names are bounded by as well. */
export const ASSUMED_BYTES = 4096;

/** What is true of a value that is made of these. */
export function madeOf(parts: readonly Part[]): Omit<Part, 'evaluate' | 'output' | 'maxBytes'> {
  const has = (pass: Part['pass']) => parts.some((part) => part.pass === pass);
  const sum = (of: (part: Part) => number) => parts.reduce((total, part) => total + of(part), 0);
  return {
    passBytes: sum(({ passBytes }) => passBytes),
    digests: sum(({ digests }) => digests),
    workBytes: sum(({ workBytes }) => workBytes),
    passWorkBytes: sum(({ passWorkBytes }) => passWorkBytes),
    pass: has('bare') ? 'bare' : has('digested') ? 'digested' : 'none',
    usesLast: parts.some((part) => part.usesLast),
    foldsCase: parts.some((part) => part.foldsCase),
    trims: parts.some((part) => part.trims),
  };
}

/** Changing text takes about as long as digesting so many times its bytes. */
const TEXT_WEIGHT = 4;

/** What is true of a text that a function changed, except for its length. */
export function changed(part: Part): Omit<Part, 'evaluate' | 'output' | 'maxBytes'> {
  return {
    ...madeOf([part]),
    workBytes: part.workBytes + TEXT_WEIGHT * part.maxBytes,
    passWorkBytes: part.passWorkBytes + TEXT_WEIGHT * part.passBytes,
  };
}

/** @returns the digest itself when the text is one in this form; hexadecimal of either case, base64 padded or not */
export function readOutput(text: string, { encoding, bytes }: Output): Buffer | undefined {
  if (encoding !== 'base64' && text.length === 2 * bytes && /^[0-9a-f]+$/i.test(text)) {
    return Buffer.from(text, 'hex');
  }
  const read = readBase64(text);
  return read?.length === bytes ? read : undefined;
}

/** The digest in a value that this piece evaluated to. */
export function digestIn(value: Uint8Array, { encoding }: Output): Buffer {
  const buffer = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return encoding === 'raw' ? buffer : Buffer.from(buffer.toString('latin1'), encoding);
}

/** @returns undefined unless the text is base64 as an encoder writes it, with its padding or without any */
export function readBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  const canonical = bytes.toString('base64');
  return text === canonical || text === canonical.replace(/=+$/, '') ? bytes : undefined;
}
