import { createHash } from 'node:crypto';
import type { Scheme } from '../scheme.ts';
import { bcrypt } from './bcrypt.ts';
import { comparedDigest } from './compared-digest.ts';
import { saltFault } from './salt-fault.ts';

const PARTS = /^([0-9a-f]{32}|[0-9a-f]{64}|[0-9a-f]{128})(?::([^:]{0,256}))?$/;
const DIGESTS = { 32: 'md5', 64: 'sha256', 128: 'sha512' } as const;
type Digits = keyof typeof DIGESTS;

interface Layout {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Digits of the digests that this software writes. */
  readonly digits: readonly Digits[];
  readonly input: (password: Uint8Array, salt: Uint8Array) => readonly Uint8Array[];
  /** What later versions of the same software write into the same column. */
  readonly successor?: Scheme;
}

/**
 * `hash:salt` in one column; a hash alone has its salt in a column of its own, or none. Whose it is cannot be seen, and
 * they differ in what comes first: configuration says.
 */
export const hashAndSalt: readonly Scheme[] = [
  /** Magento 1 (`Mage_Core_Model_Encryption`) and early Magento 2; SHA and bcrypt since 1.9.4 and in OpenMage. */
  layout({
    name: 'magento1',
    aliases: ['openmage'],
    digits: [32, 64, 128],
    input: (password, salt) => [salt, password],
    successor: bcrypt,
  }),
  /** osCommerce, xt:Commerce, Zen Cart. */
  layout({
    name: 'oscommerce',
    aliases: ['xtcommerce', 'zencart'],
    digits: [32],
    input: (password, salt) => [salt, password],
  }),
  /** Joomla 1.0 to 2.5 (`JUserHelper`); bcrypt since 3.2. */
  layout({
    name: 'joomla',
    digits: [32],
    input: (password, salt) => [password, salt],
    successor: bcrypt,
  }),
];

function layout({ name, aliases = [], digits, input, successor }: Layout): Scheme {
  return {
    name,
    aliases,
    selfDescribing: false,

    parse(stored) {
      const [, hex = '', saltText] = PARTS.exec(stored.encoded) ?? [];
      const length = digits.find((one) => one === hex.length);
      if (length === undefined) return successor?.parse(stored);
      const salt = Buffer.from(saltText ?? stored.salt ?? '', 'utf8');
      return comparedDigest({
        scheme: name,
        outOfBounds: saltText === undefined ? saltFault(name, stored.salt ?? '') : undefined,
        expected: Buffer.from(hex, 'hex'),
        compute(password) {
          const hash = createHash(DIGESTS[length]);
          for (const part of input(password, salt)) hash.update(part);
          return hash.digest();
        },
        decoy: `${'0'.repeat(length)}:decoy`,
      });
    },

    damage: (encoded) => successor?.damage?.(encoded),
  };
}
