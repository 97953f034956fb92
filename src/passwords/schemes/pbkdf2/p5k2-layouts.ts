import { adaptedBase64, base64, readAdaptedBase64, readBase64 } from '../encoding.ts';
import type { Pbkdf2Layout, Pbkdf2Value } from './pbkdf2.ts';

const P5K2 = /^\$p5k2\$([0-9a-f]{0,8})\$([A-Za-z0-9./_=-]{0,256})\$([A-Za-z0-9./_=-]{28}|[A-Za-z0-9./]{32})$/;
/** What an empty field of rounds stands for. */
const DEFAULT_ROUNDS = 400;

const urlSafe = (bytes: Buffer) => base64(bytes).replaceAll('+', '-').replaceAll('/', '_');
const fromUrlSafe = (text: string) => readBase64(text.replaceAll('-', '+').replaceAll('_', '/'));

/**
 * `$p5k2$rounds$salt$hash` with the rounds in hexadecimal, by two authors: Cryptacular writes salt and 20 bytes of hash
 * in base64url; Dwayne Litzenberger's PBKDF2.py hashes the whole text before the hash as the salt, and keeps 24 bytes.
 */
export const p5k2Layouts: readonly Pbkdf2Layout[] = [
  {
    name: 'p5k2',
    aliases: ['cta-pbkdf2-sha1', 'cta_pbkdf2_sha1', 'dlitz-pbkdf2-sha1', 'dlitz_pbkdf2_sha1'],
    about: {
      foundIn: 'Pyramid and other Python applications: Cryptacular, PBKDF2.py',
      example: '$p5k2$186a0$AAECAwQFBgcICQoLDA0ODw==$d0bUsOphwnEVlKRC6ReUwVzNF7U=',
    },
    prefix: /^\$p5k2\$/,
    read({ encoded }) {
      const [, roundsText = '', saltText = '', keyText = ''] = P5K2.exec(encoded) ?? [];
      if (keyText === '' || /^0/.test(roundsText)) return undefined;
      const iterations = roundsText === '' ? DEFAULT_ROUNDS : Number.parseInt(roundsText, 16);
      return keyText.length === 28
        ? cryptacular(iterations, saltText, keyText)
        : litzenberger(iterations, encoded.slice(0, -keyText.length - 1), keyText);
    },
    write({ iterations, salt, key }) {
      if (key.length === 20) return `$p5k2$${iterations.toString(16)}$${urlSafe(salt)}$${urlSafe(key)}`;
      return `${salt.toString('latin1')}$${adaptedBase64(key)}`;
    },
  },
];

function cryptacular(iterations: number, saltText: string, keyText: string): Pbkdf2Value | undefined {
  const [salt, key] = [fromUrlSafe(saltText), fromUrlSafe(keyText)];
  if (salt === undefined || key?.length !== 20) return undefined;
  return { digest: 'sha1', iterations, salt, key };
}

function litzenberger(iterations: number, setting: string, keyText: string): Pbkdf2Value | undefined {
  const key = readAdaptedBase64(keyText);
  return key === undefined
    ? undefined
    : { digest: 'sha1', iterations, salt: Buffer.from(setting, 'latin1'), key };
}
