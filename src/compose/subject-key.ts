import { hkdfSync } from 'node:crypto';
import type { Config } from '../config/schema.ts';
import type { SealedKeys } from '../store/sealed-keys.ts';

/** What every `sub` is derived with. Made from `secretKey` once and then kept: docs/decisions/0003-subject-key.md. */
export async function loadSubjectKey(
  { secretKey }: Pick<Config, 'secretKey'>,
  keys: SealedKeys,
): Promise<Buffer> {
  const { bytes } = await keys.getOrCreate('subject', () => firstSubjectKey({ secretKey }));
  return bytes;
}

/** The key that a store begins with. */
export function firstSubjectKey({ secretKey }: Pick<Config, 'secretKey'>): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey.reveal(), '', 'footbridge subjects', 32));
}
