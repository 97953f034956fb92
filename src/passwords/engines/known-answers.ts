import type { Argon2Input, ComputeArgon2 } from './argon2-input.ts';
import type { ComputeBcrypt } from './portable-bcrypt.ts';

/** By PHP's crypt(): text, the empty password, bytes past 127, a character across byte 72, and more than 72 bytes. */
const BCRYPT: readonly [passwordHex: string, encoded: string][] = [
  ['70c3a4737377c3b672642dcea92df09f9490', '$2y$04$abcdefghijklmnopqrstuuEzRA0.Qvd9CICdXbbSxinDO5qtO4XrW'],
  ['70c3a4737377c3b672642dcea92df09f9490', '$2a$04$abcdefghijklmnopqrstuuEzRA0.Qvd9CICdXbbSxinDO5qtO4XrW'],
  ['', '$2b$04$abcdefghijklmnopqrstuubyCG3zY1GIXMyxfivm.ClDiInHzxjiq'],
  ['ffffb5', '$2y$04$abcdefghijklmnopqrstuuDI9OGKUjssA5Ufh.GuoQI3qFaEHINEG'],
  ['70e4737377f67264', '$2y$04$abcdefghijklmnopqrstuuTru6m8o24QpaQBdEztYCWOCkQjrN8za'],
  [`${'6162636465666768'.repeat(9)}78797a21`, '$2y$04$abcdefghijklmnopqrstuuKwk0TnX0A5LEBc3IFN3rR70igd618Ta'],
];

/** By the `argon2` package, which is the reference implementation, for a password that is neither text nor free of NUL. */
const ARGON2: readonly [variant: Argon2Input['variant'], version: number, lanes: number, tag: string][] = [
  ['argon2id', 19, 1, '00641f4283e5f25b1dcd8f1f0529b18d3f954321484d3444'],
  ['argon2i', 19, 2, 'f265bbe800382e6672a21b2a872d2a101073c53b70c46979'],
  ['argon2d', 19, 1, 'a4b3d0f736bd87bb1de10c2f43307f5b1b9cb4166bd6b136'],
  ['argon2id', 16, 1, '07b12fd18a137c8719a4328e69adf222b7b5824245d3062d'],
  ['argon2i', 16, 2, 'dd93f0f341058b31be126da11bc111a297cfc5692b184086'],
];

const SETTING_LENGTH = 29;

/** @returns what is wrong with a library; undefined when all of its answers are right, or it declines */
export function bcryptFault(compute: ComputeBcrypt): string | undefined {
  for (const [hex, encoded] of BCRYPT) {
    const answer = compute(Buffer.from(hex, 'hex'), encoded.slice(0, SETTING_LENGTH));
    if (answer !== undefined && answer !== encoded) return 'it computes another hash than crypt(3)';
  }
  return undefined;
}

export function argon2Fault(compute: ComputeArgon2): string | undefined {
  for (const [variant, version, lanes, tag] of ARGON2) {
    const input = {
      variant,
      version,
      lanes,
      memoryKiB: 64,
      iterations: 2,
      salt: Buffer.from('somesalt'),
      tagLength: 24,
    };
    const answer = compute(input, Buffer.from('pass\0w\xf6rd', 'latin1'));
    if (!(answer instanceof Uint8Array) || Buffer.from(answer).toString('hex') !== tag) {
      return `it computes another ${variant} than the reference implementation`;
    }
  }
  return undefined;
}
