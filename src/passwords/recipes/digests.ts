import { createHmac } from 'node:crypto';
import { digestOf } from '../digest.ts';
import { md4 } from '../md4.ts';

export interface Digest {
  /** Of the result. */
  readonly bytes: number;
  compute(data: Uint8Array): Buffer;
  /** As node:crypto calls it, for HMAC and PBKDF2; MD4 has none. */
  readonly openssl?: string;
}

/** By the name that a recipe uses. */
export const DIGESTS: ReadonlyMap<string, Digest> = new Map<string, Digest>([
  ['md5', openssl('md5', 16)],
  ['sha1', openssl('sha1', 20)],
  ['sha224', openssl('sha224', 28)],
  ['sha256', openssl('sha256', 32)],
  ['sha384', openssl('sha384', 48)],
  ['sha512', openssl('sha512', 64)],
  ['sha3_256', openssl('sha3-256', 32)],
  ['sha3_384', openssl('sha3-384', 48)],
  ['sha3_512', openssl('sha3-512', 64)],
  ['md4', { bytes: 16, compute: md4 }],
]);

function openssl(name: string, bytes: number): Digest {
  return { bytes, openssl: name, compute: (data) => digestOf(name, data) };
}

export const hmac = (name: string, key: Uint8Array, message: Uint8Array): Buffer =>
  createHmac(name, key).update(message).digest();
