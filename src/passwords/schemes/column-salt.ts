import { besideFault } from './beside-fault.ts';
import { readBase64, readHex } from './encoding.ts';

/** How a salt column holds the salt: as the very bytes that were hashed, or those bytes written down. */
export type SaltForm = 'text' | 'hex' | 'base64';

export const SALT_FORMS: readonly SaltForm[] = ['text', 'hex', 'base64'];

const READERS: Record<SaltForm, (text: string) => Buffer | undefined> = {
  text: (text) => Buffer.from(text),
  hex: readHex,
  base64: readBase64,
};

export type ColumnSalt = { readonly salt: Buffer } | { readonly fault: string };

/** The bytes of a salt column, or a sentence about what is wrong with it. An empty salt is a salt. */
export function readColumnSalt(scheme: string, form: SaltForm, column: string | undefined): ColumnSalt {
  const fault = besideFault(scheme, 'salt', column);
  if (fault !== undefined) return { fault };
  const salt = READERS[form](column ?? '');
  return salt === undefined
    ? { fault: `The salt is not ${form}: look at the column, or say salt=text.` }
    : { salt };
}
