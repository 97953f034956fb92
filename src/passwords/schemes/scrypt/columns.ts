import { scryptSync } from 'node:crypto';
import { EXAMPLE } from '../../example.ts';
import type { Scheme, SchemeFamily } from '../../scheme.ts';
import { readColumnSalt, SALT_FORMS } from '../column-salt.ts';
import { hex, readBase64, readHex, readInteger } from '../encoding.ts';
import { readParameterisedName } from '../parameters.ts';
import { scryptScheme } from './scrypt.ts';

const KNOWN = new Set(['n', 'r', 'p', 'length', 'salt']);

/**
 * scrypt with hash and salt in columns and the rest fixed, as a name that configuration spells:
 * `scrypt(N=65536,r=16,p=2,length=50,salt=hex)` (Gitea). `length` is the hash's, in bytes (default 64); `salt` is
 * `text` (the default), `hex` or `base64`. The hash is hexadecimal or base64, whichever has that length.
 */
export const scryptColumns: SchemeFamily = {
  example: 'scrypt(N=65536,r=16,p=2,length=50,salt=hex)',
  find,
};

/** Of the family's own example, which takes a second to compute. */
const KNOWN_EXAMPLES = new Map([
  [
    scryptColumns.example.toLowerCase(),
    'b39f9eae0386686c0190fc910378224b95e27ae0f4cd6dce38781f79b261228caf070753a8ddf63cc8c2511ad8e0fb5310e3',
  ],
]);

function find(name: string): Scheme | undefined {
  const read = readParameterisedName(name);
  if (read?.family !== 'scrypt' || [...read.parameters.keys()].some((key) => !KNOWN.has(key)))
    return undefined;
  const { parameters } = read;
  const [N, r, p] = ['n', 'r', 'p'].map((key) => readInteger(parameters.get(key)));
  const length = readInteger(parameters.get('length') ?? '64');
  const form = SALT_FORMS.find((one) => one === (parameters.get('salt') ?? 'text'));
  if (N === undefined || r === undefined || p === undefined) return undefined;
  if (length === undefined || form === undefined) return undefined;
  return scryptScheme({
    name,
    about: {
      foundIn: 'software that fixes N, r and p in its code: Gitea and Forgejo (user.passwd and salt)',
      get example() {
        const known = KNOWN_EXAMPLES.get(name);
        if (known !== undefined) return known;
        const read = readColumnSalt(name, form, EXAMPLE.salt);
        const salt = 'salt' in read ? read.salt : '';
        return hex(scryptSync(EXAMPLE.password, salt, length, { N, r, p, maxmem: 256 * r * (N + p + 2) }));
      },
    },
    needs: ['salt'],
    read({ encoded, salt: column }) {
      const key = encoded.length === 2 * length ? readHex(encoded) : readBase64(encoded);
      if (key?.length !== length) return undefined;
      const salt = readColumnSalt(name, form, column);
      return { N, r, p, key, salt: 'salt' in salt ? salt.salt : Buffer.alloc(0) };
    },
    write: ({ key }) => hex(key),
    fault({ salt: column }) {
      const salt = readColumnSalt(name, form, column);
      return 'fault' in salt ? salt.fault : undefined;
    },
  });
}
