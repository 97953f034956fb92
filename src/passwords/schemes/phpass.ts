import { hash, timingSafeEqual } from 'node:crypto';
import { BYTE_MILLISECONDS } from '../cost.ts';
import { digestOf, writeDigest } from '../digest.ts';
import { textOf } from '../fresh-salt.ts';
import { judgeDigest } from '../judgement.ts';
import { LIMITS } from '../limits.ts';
import type { About, ParsedHash, Scheme } from '../scheme.ts';
import { ALPHABET, encode64, valueOfCharacter } from './crypt/text.ts';
import { damagedValue } from './damaged.ts';

interface Variant {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly about: About;
  readonly digest: 'md5' | 'sha512';
  readonly identifier: RegExp;
  readonly whole: RegExp;
  /** Longer passwords the software itself refuses. */
  readonly passwordBytes: number;
}

/** `$P$B` and 30 characters: WordPress before 6.8, Joomla 2.5.18 to 3.1; phpBB 3 writes `$H$` for the same. */
const phpassVariant: Variant = {
  name: 'phpass',
  aliases: ['wordpress'],
  about: {
    foundIn:
      'WordPress before 6.8 (wp_users.user_pass), phpBB 3 (phpbb_users.user_password), Joomla 2.5.18 to 3.1',
    example: '$P$Bseasalt1EoSVcOOswj8RV8wCrXve81',
  },
  digest: 'md5',
  identifier: /^U?\$[PH]\$/,
  whole: /^(U?)\$[PH]\$([./0-9A-Za-z])([!-#%-9;-~]{8})([./0-9A-Za-z]{21}[./01])$/,
  passwordBytes: LIMITS.phpass.passwordBytes,
};

/** `$S$D` and 51 characters: Drupal 7 to 10.0, the same algorithm over SHA-512, cut to 55 characters. */
const drupal7Variant: Variant = {
  name: 'drupal7',
  aliases: ['drupal'],
  about: {
    foundIn: 'Drupal 7 (users.pass) to 10.0 (users_field_data.pass)',
    example: '$S$Dseasalt15CQlcmKST.XpSTBMPl4f/QSQTHmuMVvPmiEHOt3N06/',
  },
  digest: 'sha512',
  identifier: /^U?\$S\$/,
  whole: /^(U?)\$S\$([./0-9A-Za-z])([!-#%-9;-~]{8})([./0-9A-Za-z]{43})$/,
  passwordBytes: LIMITS.phpass.drupalPasswordBytes,
};

/**
 * Solar Designer's portable hashes for PHP and what Drupal made of them; the references are WordPress's
 * `class-phpass.php` and Drupal's `password.inc`. A leading `U` says that an upgrade from Drupal 6 has hashed the old
 * MD5 in hexadecimal instead of the password.
 */
export const phpassSchemes: readonly Scheme[] = [phpassVariant, drupal7Variant].map(
  (variant): Scheme => ({
    name: variant.name,
    aliases: variant.aliases,
    about: variant.about,
    selfDescribing: true,

    parse({ encoded }) {
      const [, upgraded, count, salt, text] = variant.whole.exec(encoded) ?? [];
      if (count === undefined || salt === undefined || text === undefined) return undefined;
      return parsed(variant, {
        encoded,
        upgraded: upgraded === 'U',
        log2: valueOfCharacter(count),
        salt,
        text,
      });
    },

    damage(encoded) {
      return variant.identifier.test(encoded) ? damagedValue(variant.name, encoded) : undefined;
    },
  }),
);

interface Value {
  readonly encoded: string;
  readonly upgraded: boolean;
  readonly log2: number;
  readonly salt: string;
  readonly text: string;
}

function parsed(variant: Variant, { encoded, upgraded, log2, salt, text }: Value): ParsedHash {
  const { name, digest, passwordBytes } = variant;
  const { minLog2, maxLog2 } = LIMITS.phpass;
  const cost = (digest === 'md5' ? 0.0004 : 0.0005) * 2 ** log2;
  return {
    scheme: name,
    parameters: { digest, rounds: 2 ** log2 },
    judgement: judgeDigest({ digest, rounds: 2 ** log2 }),
    ...(log2 < minLog2 || log2 > maxLog2
      ? { outOfBounds: `${name}'s rounds are 2^${log2}; verified are 2^${minLog2} to 2^${maxLog2}.` }
      : {}),
    cost,
    costFor: (bytes) =>
      cost + BYTE_MILLISECONDS * 2 ** log2 * (upgraded ? 0 : Math.min(bytes, passwordBytes)),
    async verify(password) {
      const input = upgraded ? Buffer.from(hash('md5', password, 'hex'), 'latin1') : password;
      // A password that cannot match is hashed like any other, so that it takes no less time.
      const bounded = input.subarray(0, passwordBytes);
      const computed = encode64(compute(digest, log2, bounded, salt)).slice(0, text.length);
      return timingSafeEqual(Buffer.from(computed), Buffer.from(text)) && bounded.length === input.length;
    },
    lossy: () => false,
    decoy: () => encoded.slice(0, -text.length) + '.'.repeat(text.length),
    async remake(password, fresh) {
      if (upgraded || password.length > passwordBytes) return undefined;
      const freshSalt = textOf(ALPHABET, salt.length, fresh);
      const computed = encode64(compute(digest, log2, password, freshSalt)).slice(0, text.length);
      return encoded.slice(0, -(salt.length + text.length)) + freshSalt + computed;
    },
  };
}

function compute(digest: Variant['digest'], log2: number, password: Uint8Array, salt: string): Buffer {
  const first = digestOf(digest, Buffer.concat([Buffer.from(salt, 'latin1'), password]));
  const message = Buffer.concat([first, password]);
  for (let left = 2 ** log2; left > 0; left -= 1) writeDigest(digest, message, message);
  const last = Buffer.from(message.subarray(0, first.length));
  message.fill(0);
  return last;
}
