import { createHmac } from 'node:crypto';
import type { About, Scheme } from '../../scheme.ts';
import { bcrypt } from '../bcrypt.ts';
import { inFront, wrapping } from './wrap.ts';

const NAME = 'wordpress-bcrypt';
const ABOUT: About = {
  foundIn: 'WordPress 6.8 and later: wp_users.user_pass',
  example: '$wp$2y$10$abcdefghijklmnopqrstuup5lr9X5y2ivXNqX3saHIQSKQF0rdIHq',
};
/** `wp_hash_password` and `wp_check_password` refuse a longer one, in bytes. */
const LONGEST = 4096;

/**
 * WordPress 6.8 and later: bcrypt of the base64 of an HMAC-SHA-384. What is stored was trimmed (`wp_hash_password`), and
 * so is what is typed at the login page (`wp_authenticate`), while other ways in check it as typed: both are tried.
 * Where they differ, a match is lossy.
 */
export const wordpressBcrypt: Scheme = {
  ...wrapping({ name: NAME, about: ABOUT, prefix: /^\$wp(?=\$2y\$)/, inner: [bcrypt] }),

  about: { ...ABOUT, ignores: 'blanks, tabs, line ends and NULs around it' },

  parse(stored) {
    if (!stored.encoded.startsWith('$wp$2y$')) return undefined;
    const hash = bcrypt.parse({ encoded: stored.encoded.slice('$wp'.length) });
    if (hash === undefined) return undefined;
    return {
      ...hash,
      scheme: NAME,
      async verify(password) {
        const matches = await hash.verify(prepared(trimmed(password)));
        const asTyped = isTrimmed(password) ? false : await hash.verify(prepared(password));
        return (matches || asTyped) && password.length <= LONGEST;
      },
      lossy: (password) => !isTrimmed(password),
      decoy: () => `$wp${hash.decoy().replace(/^\$2b/, '$2y')}`,
      remake: async (password, fresh) =>
        password.length > LONGEST
          ? undefined
          : inFront('$wp', await hash.remake?.(prepared(password), fresh)),
    };
  },
};

const prepared = (password: Uint8Array) =>
  Buffer.from(createHmac('sha384', 'wp-sha384').update(password).digest('base64'));

/** PHP's `trim`: blank, tab, line feed, carriage return, NUL and vertical tab, byte by byte. */
const TRIMMED = new Set([0x20, 0x09, 0x0a, 0x0d, 0x00, 0x0b]);

function trimmed(password: Uint8Array): Uint8Array {
  let [start, end] = [0, password.length];
  while (start < end && TRIMMED.has(password[start] ?? -1)) start += 1;
  while (end > start && TRIMMED.has(password[end - 1] ?? -1)) end -= 1;
  return password.subarray(start, end);
}

const isTrimmed = (password: Uint8Array) => trimmed(password).length === password.length;
