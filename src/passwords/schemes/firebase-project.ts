import { readBase64 } from './encoding.ts';

/** What one Firebase project mixes into all its hashes. */
export interface FirebaseProject {
  readonly signerKey: Buffer;
  readonly separator: Buffer;
  readonly rounds: number;
  /** The exponent of scrypt's N. */
  readonly memCost: number;
}

const DEFAULTS = { base64_salt_separator: 'Bw==', rounds: '8', mem_cost: '14' };
const FIELD = /^(algorithm|base64_signer_key|base64_salt_separator|rounds|mem_cost):$/;

/**
 * Reads `hash_config { algorithm: SCRYPT, base64_signer_key: ..., base64_salt_separator: Bw==, rounds: 8, mem_cost: 14, }`
 * as the Firebase console shows it (Authentication, menu of the users, "Password hash parameters"), or the signer key
 * alone.
 *
 * @returns undefined when it is neither
 */
export function readFirebaseProject(text: string): FirebaseProject | undefined {
  const fields = new Map<string, string>(Object.entries(DEFAULTS));
  const words = text
    .trim()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  if (words.length === 1) fields.set('base64_signer_key', words[0] ?? '');
  else if (!readFields(words, fields)) return undefined;
  const [signerKey, separator] = ['base64_signer_key', 'base64_salt_separator'].map((name) =>
    readBase64(fields.get(name) ?? ''),
  );
  const [rounds, memCost] = ['rounds', 'mem_cost'].map((name) => fields.get(name) ?? '');
  if (signerKey === undefined || signerKey.length === 0 || separator === undefined) return undefined;
  if (!/^\d{1,3}$/.test(rounds ?? '') || !/^\d{1,3}$/.test(memCost ?? '')) return undefined;
  return { signerKey, separator, rounds: Number(rounds), memCost: Number(memCost) };
}

function readFields(words: readonly string[], fields: Map<string, string>): boolean {
  if (words[0] !== 'hash_config' || words[1] !== '{' || words.at(-1) !== '}') return false;
  const pairs = words.slice(2, -1);
  for (let at = 0; at < pairs.length; at += 2) {
    const name = FIELD.exec(pairs[at] ?? '')?.[1];
    const value = pairs[at + 1];
    if (name === undefined || value === undefined) return false;
    fields.set(name, value);
  }
  return (fields.get('algorithm') ?? 'SCRYPT') === 'SCRYPT';
}
