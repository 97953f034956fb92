import { createHash } from 'node:crypto';
import { engine } from '../engine.ts';
import { judgeArgon2, judgeDigest } from '../judgement.ts';
import { LIMITS } from '../limits.ts';
import type { Judgement, Parameters, ParsedHash, Scheme } from '../scheme.ts';
import { argon2Milliseconds } from './argon2.ts';
import { comparedDigest, SINGLE_DIGEST_MILLISECONDS } from './compared-digest.ts';

const NAME = 'magento2';
/** `hash:salt:versions`; `explodePasswordHash` of Magento's `Encryptor`. */
const WHOLE = /^([0-9a-f]{32,256}):([!-9;-~]{1,128}):(\d[\d_:]{0,200})$/;
const AGNOSTIC = /^3_([1-9]\d{0,4})_([1-9]\d{0,9})_([1-9]\d{0,11})$/;
const SALT_BYTES = 16;
const MAX_STEPS = 8;

type Step =
  | { readonly digest: 'md5' | 'sha256'; readonly bytes: number }
  | {
      readonly digest: 'argon2id';
      readonly bytes: number;
      readonly iterations: number;
      readonly memoryKiB: number;
    };

/**
 * Magento 2: 0 is MD5 and 1 SHA-256 of salt and password, 2 is argon2id with libsodium's interactive parameters, 3
 * the same with its parameters (`3_32_2_67108864`: bytes, passes, memory). Old hashes are hashed again when the shop
 * is upgraded, so the versions are a chain, `hash:salt:0:1:2`: each step hashes the hexadecimal result of the last.
 */
export const magento2: Scheme = {
  name: NAME,
  about: {
    foundIn: 'Magento 2 and Adobe Commerce: customer_entity.password_hash',
    example:
      'cfefe959097a96b85ab3967782e0d15a58b40afc91ec7605ce16467da6b528c5:seasaltseasaltseasaltseasalt1234:3_32_2_67108864',
  },
  selfDescribing: true,

  parse({ encoded }) {
    const [, hex = '', salt = '', versions = ''] = WHOLE.exec(encoded) ?? [];
    const texts = versions.split(':');
    const steps = texts.flatMap((text) => readStep(text) ?? []);
    if (steps.length !== texts.length || steps.length > MAX_STEPS) return undefined;
    if (hex.length !== 2 * (steps.at(-1)?.bytes ?? 0)) return undefined;
    return comparedDigest({
      scheme: NAME,
      parameters: parametersOf(steps),
      judgement: judgementOf(steps.at(-1)),
      outOfBounds: faultOf(steps),
      cost: steps.reduce((sum, step) => sum + millisecondsOf(step), 0),
      expected: Buffer.from(hex, 'hex'),
      compute: (password) => compute(steps, Buffer.from(salt, 'utf8'), password),
      decoy: `${'0'.repeat(hex.length)}:decoy:${versions}`,
    }) satisfies ParsedHash;
  },
};

function readStep(text: string): Step | undefined {
  if (text === '0') return { digest: 'md5', bytes: 16 };
  if (text === '1') return { digest: 'sha256', bytes: 32 };
  if (text === '2') return { digest: 'argon2id', bytes: 32, iterations: 2, memoryKiB: 64 * 1024 };
  const [bytes, iterations, memory] = AGNOSTIC.exec(text)?.slice(1).map(Number) ?? [];
  if (bytes === undefined || iterations === undefined || memory === undefined) return undefined;
  return { digest: 'argon2id', bytes, iterations, memoryKiB: Math.floor(memory / 1024) };
}

/** Of the last step. */
function parametersOf(steps: readonly Step[]): Parameters {
  const last = steps.at(-1);
  if (last === undefined) return {};
  const { digest } = last;
  const costs = digest === 'argon2id' ? { memoryKiB: last.memoryKiB, iterations: last.iterations } : {};
  return { digest, ...costs, ...(steps.length > 1 ? { steps: steps.length } : {}) };
}

/** Whoever guesses computes the whole chain, so its last step is what protects. */
const judgementOf = (step: Step | undefined): Judgement =>
  step?.digest === 'argon2id' ? judgeArgon2(step) : judgeDigest({ digest: step?.digest ?? 'md5' });

const millisecondsOf = (step: Step) =>
  step.digest === 'argon2id' ? argon2Milliseconds(step) : SINGLE_DIGEST_MILLISECONDS;

function faultOf(steps: readonly Step[]): string | undefined {
  const { maxMemoryKiB, minMemoryKiBPerLane, maxIterations, maxWork, tagBytes } = LIMITS.argon2;
  let work = 0;
  for (const step of steps) {
    if (step.digest !== 'argon2id') continue;
    const { memoryKiB, iterations, bytes } = step;
    if (memoryKiB < minMemoryKiBPerLane || memoryKiB > maxMemoryKiB) {
      return `Magento's argon2 asks for ${memoryKiB} KiB; verified are ${minMemoryKiBPerLane} to ${maxMemoryKiB}.`;
    }
    if (iterations > maxIterations) {
      return `Magento's argon2 asks for ${iterations} passes; verified are 1 to ${maxIterations}.`;
    }
    if (bytes < tagBytes.min || bytes > tagBytes.max) {
      return `Magento's argon2 hash has ${bytes} bytes; verified are ${tagBytes.min} to ${tagBytes.max}.`;
    }
    work += memoryKiB * iterations;
  }
  return work > maxWork
    ? `Magento's argon2 asks for ${work} KiB, memory times passes; verified are up to ${maxWork}.`
    : undefined;
}

async function compute(steps: readonly Step[], salt: Buffer, password: Uint8Array): Promise<Buffer> {
  let input = password;
  let result: Buffer = Buffer.alloc(0);
  for (const step of steps) {
    result = await computeStep(step, salt, input);
    input = Buffer.from(result.toString('hex'));
  }
  return result;
}

async function computeStep(step: Step, salt: Buffer, input: Uint8Array): Promise<Buffer> {
  if (step.digest !== 'argon2id') return createHash(step.digest).update(salt).update(input).digest();
  const { iterations, memoryKiB, bytes: tagLength } = step;
  return engine.argon2(
    {
      variant: 'argon2id',
      version: 19,
      memoryKiB,
      iterations,
      lanes: 1,
      // Sixteen bytes of it; a shorter one again and again (`str_pad` with itself).
      salt: Buffer.alloc(SALT_BYTES, salt),
      tagLength,
    },
    input,
  );
}
