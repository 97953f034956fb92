import { createHash, createHmac } from 'node:crypto';
import type { Scheme } from '../../scheme.ts';
import { bcrypt } from '../bcrypt.ts';
import { damagedValue } from '../damaged.ts';

const NAME = 'passlib-bcrypt-sha256';
const PREFIX = /^\$bcrypt-sha256\$/;
const WHOLE =
  /^\$bcrypt-sha256\$(?:v=(2),t=(2b),r=(\d{1,2})|(2[ab]),(\d{1,2}))\$([./A-Za-z0-9]{22})\$([./A-Za-z0-9]{31})$/;

/**
 * passlib's `bcrypt_sha256`: bcrypt of the base64 of a SHA-256 digest (version 1) or of an HMAC under the salt's text
 * (version 2), so that every byte of a long password counts.
 */
export const passlibBcryptSha256: Scheme = {
  name: NAME,
  about: {
    foundIn: 'passlib of Python, bcrypt_sha256',
    example: '$bcrypt-sha256$v=2,t=2b,r=12$abcdefghijklmnopqrstuu$9kJ.N.GSaa2cSK2zdXjv5wrW.IcJB2O',
  },
  selfDescribing: true,

  parse({ encoded }) {
    const fields = WHOLE.exec(encoded);
    if (fields === null) return undefined;
    const [, version, type2 = '', cost2 = '', type1 = '', cost1 = '', salt = '', text = ''] = fields;
    const [type, cost] = version === '2' ? [type2, cost2] : [type1, cost1];
    const hash = bcrypt.parse({ encoded: `$${type}$${cost.padStart(2, '0')}$${salt}${text}` });
    if (hash === undefined) return undefined;
    const digest = () => (version === '2' ? createHmac('sha256', salt) : createHash('sha256'));
    return {
      ...hash,
      scheme: NAME,
      verify: (password) => hash.verify(Buffer.from(digest().update(password).digest('base64'))),
      lossy: () => false,
      decoy: () => `${encoded.slice(0, -31)}${'.'.repeat(31)}`,
    };
  },

  damage: (encoded) => (PREFIX.test(encoded) ? damagedValue(NAME, encoded) : undefined),
};
