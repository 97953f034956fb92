import { createHash, timingSafeEqual } from 'node:crypto';
import { broken } from '../judgement.ts';
import type { ParsedHash, Scheme } from '../scheme.ts';
import { passwordText } from './password-text.ts';

const NAME = 'plaintext';
/** What Spring Security and LDAP servers write in front of a password that is not hashed. */
const PREFIX = /^\{(?:noop|CLEARTEXT|PLAIN|PLAINTEXT)\}/i;

/** A digest without salt, by its length in hexadecimal; 16 is MySQL's `OLD_PASSWORD()`. */
const HEXADECIMAL = new Set([16, 32, 40, 56, 64, 96, 128]);
/** The same in base64, which betrays itself by its padding. */
const PADDED_BASE64 = /^[A-Za-z0-9+/]+={1,2}$/;
const PADDED_LENGTHS = new Set([24, 28, 40, 44, 88]);

/**
 * Passwords that are stored as they are, where the configuration says so in this word: no prefix leads here, not even
 * `{noop}`. What may be a hash is never compared as text: in a table of both, whoever has read it would log in by
 * typing the hash.
 *
 * @param known the schemes whose values are recognised as hashes
 */
export const plaintext = (known: readonly Scheme[]): Scheme => ({
  name: NAME,
  about: {
    foundIn: 'applications that do not hash; {noop} of Spring Security, {CLEARTEXT} of LDAP servers',
    example: 'correct horse battery staple',
  },
  selfDescribing: false,

  parse({ encoded }) {
    const password = encoded.replace(PREFIX, '');
    if (password === '' || isHash(known, encoded) || isHash(known, password)) return undefined;
    return {
      scheme: NAME,
      parameters: {},
      judgement: broken('not hashed at all'),
      cost: 0.01,
      // Digests, so that neither time nor length tells how much of it was right.
      verify: async (typed) => timingSafeEqual(digestOf(typed), digestOf(Buffer.from(password))),
      lossy: () => false,
      decoy: () => DECOY,
      remake: async (typed) => (PREFIX.test(encoded) ? undefined : passwordText(typed)),
    } satisfies ParsedHash;
  },

  damage: (encoded) =>
    isHash(known, encoded.replace(PREFIX, '')) ? 'what may be a hash, and no plain password' : undefined,
});

/** Longer than any password may be that reaches a scheme of this name in a row's 1,024 characters. */
const DECOY = 'no password is this: '.repeat(40);

function isHash(known: readonly Scheme[], text: string): boolean {
  const describesItself = known.some(
    (scheme) =>
      scheme.selfDescribing &&
      (scheme.parse({ encoded: text }) !== undefined || scheme.damage?.(text) !== undefined),
  );
  if (describesItself) return true;
  if (/^\*[0-9a-f]{40}$/i.test(text)) return true;
  if (HEXADECIMAL.has(text.length) && /^[0-9a-f]+$/i.test(text)) return true;
  return PADDED_LENGTHS.has(text.length) && PADDED_BASE64.test(text);
}

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
