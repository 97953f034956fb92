import { digestOf, writeDigest } from '../digest.ts';
import { judgeDigest } from '../judgement.ts';
import { LIMITS } from '../limits.ts';
import type { ParsedHash, Scheme } from '../scheme.ts';
import { comparedDigest } from './compared-digest.ts';
import { damagedValue } from './damaged.ts';
import { readBase64 } from './encoding.ts';

const BYTES = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 } as const;
type Digest = keyof typeof BYTES;

/** Milliseconds of one digest of a digest on one core of a small cloud machine. */
const ROUND_MILLISECONDS = 0.0004;

const SHIRO =
  /^\$shiro1\$(MD5|SHA-1|SHA-256|SHA-384|SHA-512)\$([1-9]\d{0,9})\$([A-Za-z0-9+/=]*)\$([A-Za-z0-9+/=]+)$/;
const SHIRO_DIGESTS: Record<string, Digest> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** Apache Shiro's `$shiro1$SHA-256$500000$salt$hash`, as `PasswordService` writes it without a private salt. */
export const shiro1: Scheme = {
  name: 'shiro1',
  aliases: ['apache-shiro1'],
  about: {
    foundIn: 'Apache Shiro 1 with PasswordService',
    example: '$shiro1$SHA-256$500000$AAECAwQFBgcICQoLDA0ODw==$QZu6wJq21t4I1t7qIOwsOx1N7fr9Bl5kBCtdW3SSOvA=',
  },
  selfDescribing: true,

  parse({ encoded }) {
    const [, algorithm = '', rounds, saltText = '', hashText = ''] = SHIRO.exec(encoded) ?? [];
    const digest = SHIRO_DIGESTS[algorithm];
    const [salt, expected] = [readBase64(saltText), readBase64(hashText)];
    if (digest === undefined || salt === undefined || expected?.length !== BYTES[digest]) return undefined;
    const decoy = `$shiro1$${algorithm}$${rounds}$$${Buffer.alloc(BYTES[digest]).toString('base64')}`;
    return parsed({ scheme: 'shiro1', digest, rounds: Number(rounds), salt, expected, decoy });
  },

  damage(encoded) {
    if (!encoded.startsWith('$shiro1$')) return undefined;
    return damagedValue('$shiro1$', encoded);
  },
};

const FSHP = /^\{FSHP([0-3])\|(\d{1,4})\|([1-9]\d{0,9})\}([A-Za-z0-9+/=]+)$/;
const FSHP_DIGESTS: readonly Digest[] = ['sha1', 'sha256', 'sha384', 'sha512'];

/** Fairly Secure Hashed Password, `{FSHP1|16|4096}` and base64 of salt and hash: PBKDF1 with the salt in front. */
export const fshp: Scheme = {
  name: 'fshp',
  about: {
    foundIn: 'Fairly Secure Hashed Password, of Python and Perl; passlib fshp',
    example: '{FSHP1|16|4096}AAECAwQFBgcICQoLDA0OD40bMveShu6eQQdndQrp0BWMoWEcb2wbQzXNOjTph1aS',
  },
  selfDescribing: true,

  parse({ encoded }) {
    const [, variant, length, rounds, text = ''] = FSHP.exec(encoded) ?? [];
    const [digest, bytes] = [FSHP_DIGESTS[Number(variant)], readBase64(text)];
    if (digest === undefined || bytes?.length !== Number(length) + BYTES[digest]) return undefined;
    const [salt, expected] = [bytes.subarray(0, Number(length)), bytes.subarray(Number(length))];
    const decoy = `{FSHP${variant}|0|${rounds}}${Buffer.alloc(BYTES[digest]).toString('base64')}`;
    return parsed({ scheme: 'fshp', digest, rounds: Number(rounds), salt, expected, decoy });
  },

  damage(encoded) {
    if (!/^\{FSHP\d/.test(encoded) || fshp.parse({ encoded }) !== undefined) return undefined;
    return damagedValue('{FSHP}', encoded);
  },
};

interface Parts {
  readonly scheme: string;
  readonly digest: Digest;
  readonly rounds: number;
  readonly salt: Buffer;
  readonly expected: Buffer;
  readonly decoy: string;
}

/** The digest of salt and password, and then of the digest, as often as the value says. */
function parsed({ scheme, digest, rounds, salt, expected, decoy }: Parts): ParsedHash {
  const { maxRounds } = LIMITS.iteratedDigest;
  return comparedDigest({
    scheme,
    parameters: { digest, rounds },
    judgement: judgeDigest({ digest, rounds }),
    outOfBounds:
      rounds > maxRounds ? `${scheme} asks for ${rounds} rounds; verified are 1 to ${maxRounds}.` : undefined,
    cost: ROUND_MILLISECONDS * rounds,
    expected,
    compute(password) {
      const value = digestOf(digest, Buffer.concat([salt, password]));
      for (let round = 1; round < rounds; round += 1) writeDigest(digest, value, value);
      return value;
    },
    decoy,
  });
}
