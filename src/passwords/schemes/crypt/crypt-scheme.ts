import { timingSafeEqual } from 'node:crypto';
import { type Fresh, textOf } from '../../fresh-salt.ts';
import { LIMITS } from '../../limits.ts';
import type { About, Judgement, Parameters, ParsedHash, Scheme } from '../../scheme.ts';
import { damagedValue } from '../damaged.ts';
import { ALPHABET, asCString } from './text.ts';

/** What a stored value of crypt(3) asks for. */
export interface CryptValue {
  /** The characters of the hash alone, without its setting (identifier, rounds and salt). */
  readonly hash: string;
  /** Its salt, where it stands at the end of the setting, before a `$`: then the bridge can make such values. */
  readonly salt?: string;
  /** The digit of which a decoy's hash is made; `.`, the zero of crypt(3), unless the hash has others. */
  readonly zero?: string;
  readonly parameters?: Parameters;
  readonly judgement: Judgement;
  /** A sentence when a parameter lies outside `limits.ts`. */
  readonly outOfBounds?: string;
  /** Milliseconds, roughly, and for each byte of the password on top. */
  readonly cost: number;
  readonly costOfByte?: number;
  /** The hash of this password under the same setting, as text. */
  compute(password: Uint8Array): string | Promise<string>;
  /** What else of the password is ignored, besides all from the first NUL on. */
  lossy?(password: Uint8Array): boolean;
}

export interface CryptFormat {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly about: About;
  /** How a value of this format begins; absent where the text does not name its format. */
  readonly identifier?: RegExp;
  /** @returns undefined for a foreign or damaged value */
  read(encoded: string): CryptValue | undefined;
}

/**
 * One format of crypt(3) as a scheme. Hashes are compared as text: a format reads only the one text that stands for
 * its bytes, so that equal bytes are equal characters.
 */
export function cryptScheme({ name, aliases, about, identifier, read }: CryptFormat): Scheme {
  return {
    name,
    ...(aliases === undefined ? {} : { aliases }),
    about: { ...about, ignores: about.ignores ?? 'everything from a NUL on' },
    selfDescribing: identifier !== undefined,
    parse({ encoded }) {
      const value = read(encoded);
      return value === undefined ? undefined : parsed(name, encoded, value, read);
    },
    damage(encoded) {
      return identifier?.test(encoded) === true ? damagedValue(name, encoded) : undefined;
    },
  };
}

function parsed(name: string, encoded: string, value: CryptValue, read: CryptFormat['read']): ParsedHash {
  const { hash, parameters = {}, judgement, outOfBounds, cost, costOfByte = 0 } = value;
  return {
    scheme: name,
    parameters,
    judgement,
    ...(outOfBounds === undefined ? {} : { outOfBounds }),
    cost,
    costFor: (bytes) => cost + costOfByte * Math.min(bytes, LIMITS.crypt.passwordBytes),
    verify: (password) => verify(value, password),
    lossy: (password) => password.includes(0) || (value.lossy?.(password) ?? false),
    decoy: () => encoded.slice(0, encoded.length - hash.length) + (value.zero ?? '.').repeat(hash.length),
    remake: async (password, fresh) => remade(encoded, value, read, password, fresh),
  };
}

/** For values without any; all formats allow as much. */
const USUAL_SALT = 8;

async function remade(
  encoded: string,
  { hash, salt }: CryptValue,
  read: CryptFormat['read'],
  password: Uint8Array,
  fresh: Fresh,
): Promise<string | undefined> {
  const end = encoded.length - hash.length - 1;
  if (salt === undefined || !encoded.slice(0, end).endsWith(salt)) return undefined;
  const freshSalt = textOf(ALPHABET, salt.length || USUAL_SALT, fresh);
  const setting = `${encoded.slice(0, end - salt.length)}${freshSalt}$`;
  const computed = await read(setting + hash)?.compute(password);
  return computed === undefined ? undefined : setting + computed;
}

async function verify(value: CryptValue, password: Uint8Array): Promise<boolean> {
  const text = asCString(password);
  // A password that cannot match is hashed like any other, so that it takes no less time.
  const bounded = (text ?? new Uint8Array()).subarray(0, LIMITS.crypt.passwordBytes);
  const computed = Buffer.from(await value.compute(bounded), 'latin1');
  const expected = Buffer.from(value.hash, 'latin1');
  const same = computed.length === expected.length && timingSafeEqual(computed, expected);
  return same && text !== undefined && text.length === bounded.length;
}
