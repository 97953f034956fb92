import { createHash } from 'node:crypto';
import argon2 from 'argon2';
import bcrypt from 'bcryptjs';
import type { Random } from '../runtime/random.ts';
import type { LegacyScheme } from './people.ts';

/** What the old system wrote into its row. */
export interface LegacyHash {
  readonly encoded: string;
  /** Null where the scheme has no salt of its own, or keeps it inside the encoded text. */
  readonly salt: string | null;
}

/** What PHP has used for `PASSWORD_BCRYPT` since 5.5. */
const BCRYPT_COST = 10;
/** In KiB. Modest, as in a table of some years ago, and below what the rehash will be. */
const ARGON2_OLD = { memoryCost: 8192, timeCost: 2, parallelism: 1 };

/** Hashes a password as the legacy application did when the person registered. */
export async function legacyHash(
  scheme: LegacyScheme,
  password: string,
  random: Random,
): Promise<LegacyHash> {
  if (scheme.startsWith('bcrypt ')) return unsalted(await bcryptAs(scheme.slice('bcrypt '.length), password));
  if (scheme === 'argon2i' || scheme === 'argon2id') return unsalted(await argon2As(scheme, password));
  return digest(scheme, password, random);
}

/** The three prefixes name the same computation; they tell which software wrote the row. */
async function bcryptAs(prefix: string, password: string): Promise<string> {
  return (await bcrypt.hash(password, BCRYPT_COST)).replace(/^\$2[aby]\$/, () => prefix);
}

/** The library writes its parameters as `m,p,t`; every other software writes and expects `m,t,p`. */
async function argon2As(scheme: 'argon2i' | 'argon2id', password: string): Promise<string> {
  const encoded = await argon2.hash(password, { ...ARGON2_OLD, type: argon2[scheme] });
  return encoded.replace(/\$m=(\d+),p=(\d+),t=(\d+)\$/, '$m=$1,t=$3,p=$2$');
}

function digest(scheme: string, password: string, random: Random): LegacyHash {
  const [, algorithm, order] = /^(md5|sha1|sha256)\((.+)\)$/.exec(scheme) ?? [];
  if (algorithm === undefined || order === undefined)
    throw new Error(`The legacy table knows no scheme ${scheme}.`);
  const salt = order.includes('$salt') ? random(8).toString('hex') : null;
  const text = order
    .split('.')
    .map((part) => (part === '$pass' ? password : (salt ?? '')))
    .join('');
  return { encoded: createHash(algorithm).update(text, 'utf8').digest('hex'), salt };
}

function unsalted(encoded: string): LegacyHash {
  return { encoded, salt: null };
}
