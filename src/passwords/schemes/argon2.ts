import { timingSafeEqual } from 'node:crypto';
import { engine } from '../engine.ts';
import type { Argon2Input, Argon2Variant } from '../engines/argon2-input.ts';
import { saltLike } from '../fresh-salt.ts';
import { judgeArgon2 } from '../judgement.ts';
import { LIMITS } from '../limits.ts';
import type { ParsedHash, Scheme } from '../scheme.ts';
import { besideFault } from './beside-fault.ts';
import { damagedValue } from './damaged.ts';

const NAME = 'argon2';
const PREFIX = /^\$(argon2(?:id|i|d))\$/;
const INTEGER = /^(?:0|[1-9]\d{0,9})$/;
/** Before version 1.3 the encoding did not name its version. */
const UNNAMED_VERSION = 16;

/** What an argon2 value in PHC format says. */
export interface Argon2Value extends Argon2Input {
  readonly tag: Buffer;
}

/**
 * argon2i, argon2d and argon2id in PHC format, `$argon2id$v=19$m=65536,t=4,p=1$salt$tag`, as PHP, libsodium and the
 * `argon2` tool write it.  The parameters may stand in any order: some libraries write `m,p,t`.
 */
export const argon2: Scheme = {
  name: NAME,
  about: {
    foundIn:
      'PHP 7.2 and later, Laravel, Symfony, Spring, libsodium, node-argon2, Rust and Go: users.password',
    example:
      '$argon2id$v=19$m=65536,t=4,p=1$AAECAwQFBgcICQoLDA0ODw$pUpSzNk5FnCcS+oqourcaU3oGYa7dwOEU7arpVp2XZ0',
  },
  selfDescribing: true,

  parse({ encoded }) {
    const value = readArgon2(encoded);
    return value === undefined ? undefined : parsed(NAME, value, faultOf(value));
  },

  damage(encoded) {
    const variant = PREFIX.exec(encoded)?.[1];
    return variant === undefined ? undefined : damagedValue(variant, encoded);
  },
};

const parametersOf = ({ variant, version, memoryKiB, iterations, lanes }: Argon2Value) => ({
  variant,
  version,
  memoryKiB,
  iterations,
  parallelism: lanes,
});

const WITH_SECRET = 'argon2-secret';

/** The same with argon2's own secret (the key of RFC 9106), which no value shows: configuration names it, as the pepper. */
export const argon2Secret: Scheme = {
  name: WITH_SECRET,
  aliases: ['argon2-pepper', 'argon2-keyed'],
  about: {
    foundIn:
      'node-argon2, argon2-cffi, Bouncy Castle and Rust with a secret of the configuration: users.password',
    example:
      '$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$S5MfPbLpNJbQI0fuCXioWEQ12SCzyaJfc/WJ4VmRVWc',
  },
  needs: ['pepper'],
  selfDescribing: false,

  parse({ encoded, pepper }) {
    const read = readArgon2(encoded);
    if (read === undefined) return undefined;
    const value = { ...read, secret: Buffer.from(pepper ?? '', 'utf8') };
    return parsed(WITH_SECRET, value, besideFault(WITH_SECRET, 'pepper', pepper) ?? faultOf(value));
  },

  damage: (encoded) => argon2.damage?.(encoded),
};

function parsed(scheme: string, value: Argon2Value, outOfBounds: string | undefined): ParsedHash {
  return {
    scheme,
    parameters: parametersOf(value),
    judgement: judgeArgon2(value),
    ...(outOfBounds === undefined ? {} : { outOfBounds }),
    cost: argon2Milliseconds(value),
    verify: async (password) => timingSafeEqual(await engine.argon2(value, password), value.tag),
    lossy: () => false,
    decoy: () => writeArgon2(value, Buffer.alloc(value.tag.length)),
    async remake(password, fresh) {
      const salted = { ...value, salt: saltLike(Buffer.from(value.salt), fresh) };
      return writeArgon2(salted, await engine.argon2(salted, password));
    },
  };
}

/** @returns undefined when the text is not argon2 in PHC format; sizes are not checked */
export function readArgon2(encoded: string): Argon2Value | undefined {
  const variant = PREFIX.exec(encoded)?.[1];
  if (variant === undefined) return undefined;
  const fields = encoded.split('$').slice(2);
  const version = fields[0]?.startsWith('v=') ? readInteger(fields.shift()?.slice(2)) : UNNAMED_VERSION;
  const [parameters, saltText, tagText, ...more] = fields;
  if (parameters === undefined || saltText === undefined || tagText === undefined || more.length > 0) {
    return undefined;
  }
  const cost = readParameters(parameters);
  const [salt, tag] = [readBase64(saltText), readBase64(tagText)];
  if (version === undefined || cost === undefined || salt === undefined || tag === undefined)
    return undefined;
  return { variant: variant as Argon2Variant, version, ...cost, salt, tag, tagLength: tag.length };
}

/** The standard order, `m,t,p`: PHP's `password_verify` reads no other. */
export function writeArgon2(input: Argon2Input, tag: Uint8Array): string {
  const { variant, version, memoryKiB, iterations, lanes, salt } = input;
  const bare = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
  return `$${variant}$v=${version}$m=${memoryKiB},t=${iterations},p=${lanes}$${bare(salt)}$${bare(tag)}`;
}

/** Milliseconds on one core of a small cloud machine; lanes share the same work out. */
export const argon2Milliseconds = ({
  memoryKiB,
  iterations,
}: Pick<Argon2Input, 'memoryKiB' | 'iterations'>) =>
  engine.milliseconds.argon2PerKiBAndPass * memoryKiB * iterations;

function readParameters(text: string): Pick<Argon2Input, 'memoryKiB' | 'iterations' | 'lanes'> | undefined {
  const pairs = new Map(text.split(',').map((pair) => pair.split('=', 2) as [string, string | undefined]));
  const [memoryKiB, iterations, lanes] = ['m', 't', 'p'].map((name) => readInteger(pairs.get(name)));
  if (memoryKiB === undefined || iterations === undefined || lanes === undefined) return undefined;
  // Exactly these three: a key id or associated data would make another hash of it.
  return text.split(',').length === 3 ? { memoryKiB, iterations, lanes } : undefined;
}

const readInteger = (text: string | undefined) =>
  text !== undefined && INTEGER.test(text) ? Number(text) : undefined;

/** Base64 without padding, in the one way to write these bytes; a text that was cut mostly ends in another. */
function readBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64').replace(/=+$/, '') === text ? bytes : undefined;
}

function faultOf(value: Argon2Value): string | undefined {
  const { maxMemoryKiB, minMemoryKiBPerLane, maxIterations, maxLanes, maxWork, saltBytes, tagBytes } =
    LIMITS.argon2;
  const { version, memoryKiB, iterations, lanes, salt, tag } = value;
  const says = (what: string, allowed: string) => `argon2's ${what}; verified are ${allowed}.`;
  if (version !== 16 && version !== 19) return says(`version is ${version}`, '16 and 19');
  if (lanes < 1 || lanes > maxLanes) return says(`parallelism is ${lanes}`, `1 to ${maxLanes}`);
  if (memoryKiB < minMemoryKiBPerLane * lanes || memoryKiB > maxMemoryKiB) {
    return says(`memory is ${memoryKiB} KiB`, `${minMemoryKiBPerLane * lanes} to ${maxMemoryKiB} KiB`);
  }
  if (iterations < 1 || iterations > maxIterations) {
    return says(`iterations are ${iterations}`, `1 to ${maxIterations}`);
  }
  if (memoryKiB * iterations > maxWork) {
    return says(`memory times iterations is ${memoryKiB * iterations} KiB`, `up to ${maxWork} KiB`);
  }
  if (salt.length < saltBytes.min || salt.length > saltBytes.max) {
    return says(`salt has ${salt.length} bytes`, `${saltBytes.min} to ${saltBytes.max}`);
  }
  if (tag.length < tagBytes.min || tag.length > tagBytes.max) {
    return says(`hash has ${tag.length} bytes`, `${tagBytes.min} to ${tagBytes.max} (was the column cut?)`);
  }
  return undefined;
}
