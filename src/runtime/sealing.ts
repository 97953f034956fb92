import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { BridgeError } from '../domain/errors.ts';
import type { Random } from './random.ts';
import type { Secret } from './secret.ts';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts what rests in the store: AES-256-GCM, bound to the place it is stored at. */
export interface Sealing {
  /** @param context where the value is stored (table and key): opening it anywhere else fails */
  seal(plaintext: Uint8Array | string, context: string): string;
  /** @throws BridgeError `store_key_wrong` when the key, the context or the text is not the one that was sealed */
  open(sealed: string, context: string): Buffer;
}

/**
 * @param secretKey the configured 32-byte key
 * @param purpose separates the derived keys of different rooms from each other
 */
export function createSealing(secretKey: Secret<Buffer>, purpose: string, random: Random): Sealing {
  const key = Buffer.from(hkdfSync('sha256', secretKey.reveal(), '', `footbridge seal ${purpose}`, 32));
  return {
    seal(plaintext, context) {
      const nonce = random(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(Buffer.from(plaintext)), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]).toString('base64');
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed, 'base64');
      try {
        if (bytes[0] !== VERSION) throw new Error('unknown version');
        const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
        const tag = bytes.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
        const decipher = createDecipheriv('aes-256-gcm', key, nonce)
          .setAAD(Buffer.from(context))
          .setAuthTag(tag);
        return Buffer.concat([
          decipher.update(bytes.subarray(1 + NONCE_BYTES + TAG_BYTES)),
          decipher.final(),
        ]);
      } catch (cause) {
        throw new BridgeError(
          'store_key_wrong',
          `A sealed value of the store (${purpose}) does not open with the configured secretKey. ` +
            'Start the bridge with the key that the store was made with.',
          { cause },
        );
      }
    },
  };
}
