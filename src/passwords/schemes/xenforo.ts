import { createHash } from 'node:crypto';
import { judgeDigest } from '../judgement.ts';
import type { ParsedHash, Scheme } from '../scheme.ts';
import { bcrypt } from './bcrypt.ts';
import { comparedDigest } from './compared-digest.ts';
import { damagedValue } from './damaged.ts';

const NAME = 'xenforo';

/**
 * PHP's serialisation of exactly the records that XenForo writes, lengths included. It is compared with their pattern
 * and never deserialised: `unserialize` on what a row holds makes objects of its choice.
 */
const DIGEST =
  /^a:3:\{s:4:"hash";s:(40|64):"([0-9a-f]{40,64})";s:4:"salt";s:(\d{1,3}):"([!#-~]{1,256})";s:8:"hashFunc";s:[46]:"(sha1|sha256)";\}$/;
const BCRYPT = /^a:1:\{s:4:"hash";s:60:"([^"]{60})";\}$/;
const DIGITS = { sha1: 40, sha256: 64 } as const;

/** XenForo's `xf_user_authenticate.data`: 1.0 and 1.1 (SHA-256 or SHA-1, twice), and bcrypt of 1.2 and 2. */
export const xenforo: Scheme = {
  name: NAME,
  about: {
    foundIn: 'XenForo 1 and 2: xf_user_authenticate.data',
    example: 'a:1:{s:4:"hash";s:60:"$2y$10$abcdefghijklmnopqrstuuGGgFFcYeueaAql8Z7U7CnCTRw4DR77W";}',
    ignores: 'what bcrypt ignores, in rows of 1.2 and later',
  },
  selfDescribing: true,

  parse({ encoded }) {
    const wrapped = BCRYPT.exec(encoded)?.[1];
    return wrapped === undefined ? twice(encoded) : underBcrypt(wrapped);
  },

  damage(encoded) {
    if (!/^a:[13]:\{s:4:"hash";/.test(encoded) || xenforo.parse({ encoded }) !== undefined) return undefined;
    return damagedValue("a serialised record like XenForo's", encoded);
  },
};

function twice(encoded: string): ParsedHash | undefined {
  const [, digits, hex = '', saltLength, salt = '', name] = DIGEST.exec(encoded) ?? [];
  const digest = name === 'sha1' || name === 'sha256' ? name : undefined;
  if (digest === undefined || DIGITS[digest] !== hex.length) return undefined;
  if (Number(digits) !== hex.length || Number(saltLength) !== salt.length) return undefined;
  if (!encoded.endsWith(`s:${digest.length}:"${digest}";}`)) return undefined;
  const hash = (bytes: Uint8Array) => createHash(digest).update(bytes);
  return comparedDigest({
    scheme: NAME,
    parameters: { digest, rounds: 2 },
    judgement: judgeDigest({ digest, rounds: 2 }),
    expected: Buffer.from(hex, 'hex'),
    compute: (password) => hash(Buffer.from(hash(password).digest('hex') + salt)).digest(),
    decoy: record(
      `s:4:"hash";s:${hex.length}:"${'0'.repeat(hex.length)}";s:4:"salt";s:5:"decoy";s:8:"hashFunc";s:${digest.length}:"${digest}";`,
      3,
    ),
  });
}

function underBcrypt(encoded: string): ParsedHash | undefined {
  const hash = bcrypt.parse({ encoded });
  if (hash === undefined) return undefined;
  return { ...hash, scheme: NAME, decoy: () => record(`s:4:"hash";s:60:"${hash.decoy()}";`, 1) };
}

const record = (fields: string, count: number) => `a:${count}:{${fields}}`;
