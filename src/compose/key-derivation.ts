import { hkdfSync } from 'node:crypto';

/** @param base the store's own key, by the purpose `base`; every instance has the same */
export function keyDerivation(base: Uint8Array): (purpose: string) => Buffer {
  return (purpose) => Buffer.from(hkdfSync('sha256', base, '', `footbridge ${purpose}`, 32));
}
