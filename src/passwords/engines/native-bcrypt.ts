import type { hashSync } from '@node-rs/bcrypt';
import { decodeBase64 } from 'bcryptjs';
import { type ComputeBcrypt, utf8Of } from './portable-bcrypt.ts';

const SETTING = /^\$(2[aby])\$(\d\d)\$([./A-Za-z0-9]{22})$/;
const SALT_BYTES = 16;

/**
 * bcrypt by `@node-rs/bcrypt`, which takes bytes but knows nothing of `$2x$`, nor of what crypt(3) makes different in
 * `$2a$` for some bytes past 127.
 */
export function nativeBcrypt(library: { hashSync: typeof hashSync }): ComputeBcrypt {
  return (password, setting) => {
    const [, version, cost, salt = ''] = SETTING.exec(setting) ?? [];
    if (version === undefined || (version === '2a' && utf8Of(password) === undefined)) return undefined;
    return library.hashSync(password, {
      // The bytes, since the last character of a salt may carry bits that the library does not take.
      salt: Uint8Array.from(decodeBase64(salt, SALT_BYTES)),
      cost: Number(cost),
      version: version as '2a' | '2b' | '2y',
    });
  };
}
