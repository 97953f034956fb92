import { createHash } from 'node:crypto';
import { judgeDigest } from '../judgement.ts';
import type { About, Scheme } from '../scheme.ts';
import { argon2 } from './argon2.ts';
import { bcrypt } from './bcrypt.ts';
import { besideFault } from './beside-fault.ts';
import { comparedDigest } from './compared-digest.ts';
import { phpassSchemes } from './phpass.ts';

const PARTS = /^([0-9a-f]{32}|[0-9a-f]{64}|[0-9a-f]{128})(?::([^:]{0,256}))?$/;
const DIGESTS = { 32: 'md5', 64: 'sha256', 128: 'sha512' } as const;
type Digits = keyof typeof DIGESTS;

interface Layout {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly about: About;
  /** Digits of the digests that this software writes. */
  readonly digits: readonly Digits[];
  readonly input: (password: Uint8Array, salt: Uint8Array) => readonly Uint8Array[];
  /** What later versions of the same software write into the same column. */
  readonly successors?: readonly Scheme[];
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
    about: {
      foundIn:
        'Magento 1 and OpenMage: customer_entity_varchar.value of the attribute password_hash; early Magento 2',
      example: 'a7bc2b1f046543d7109305c9093e6eb3:ab',
    },
    digits: [32, 64, 128],
    input: (password, salt) => [salt, password],
    successors: [bcrypt],
  }),
  /** osCommerce, xt:Commerce, Zen Cart. */
  layout({
    name: 'oscommerce',
    aliases: ['xtcommerce', 'zencart'],
    about: {
      foundIn: 'osCommerce 2, xt:Commerce, Zen Cart: customers.customers_password',
      example: 'd92ada0acac5b71e38561c2181ee9f82:7f',
    },
    digits: [32],
    input: (password, salt) => [salt, password],
  }),
  /** Joomla 1.0 to 2.5 (`JUserHelper`); phpass in 2.5.18 to 3.1, bcrypt since 3.2, argon2 where 4 is set to it. */
  layout({
    name: 'joomla',
    about: {
      foundIn: 'Joomla 1.0 to 5, whichever generation wrote the row: jos_users.password',
      example: 'c98be0745ccdb65c615ddfb008e6b0a0:seasaltseasaltseasaltseasalt1234',
    },
    digits: [32],
    input: (password, salt) => [password, salt],
    successors: [...phpassSchemes, bcrypt, argon2],
  }),
];

function layout({ name, aliases = [], about, digits, input, successors = [] }: Layout): Scheme {
  return {
    name,
    aliases,
    about,
    takes: ['salt'],
    selfDescribing: false,

    parse(stored) {
      const [, hex = '', saltText] = PARTS.exec(stored.encoded) ?? [];
      const length = digits.find((one) => one === hex.length);
      if (length === undefined)
        return firstOf(successors, (scheme) => scheme.parse({ encoded: stored.encoded }));
      const salt = Buffer.from(saltText ?? stored.salt ?? '', 'utf8');
      return comparedDigest({
        scheme: name,
        parameters: { digest: DIGESTS[length] },
        judgement: judgeDigest({ digest: DIGESTS[length] }),
        outOfBounds: saltText === undefined ? besideFault(name, 'salt', stored.salt ?? '') : undefined,
        expected: Buffer.from(hex, 'hex'),
        compute(password) {
          const hash = createHash(DIGESTS[length]);
          for (const part of input(password, salt)) hash.update(part);
          return hash.digest();
        },
        decoy: `${'0'.repeat(length)}:decoy`,
      });
    },

    damage: (encoded) => firstOf(successors, (scheme) => scheme.damage?.(encoded)),
  };
}

function firstOf<T>(schemes: readonly Scheme[], read: (scheme: Scheme) => T | undefined): T | undefined {
  for (const scheme of schemes) {
    const found = read(scheme);
    if (found !== undefined) return found;
  }
  return undefined;
}
