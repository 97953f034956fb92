import { pbkdf2Sync } from 'node:crypto';
import { EXAMPLE } from '../../example.ts';
import type { Scheme, SchemeFamily } from '../../scheme.ts';
import { readColumnSalt, SALT_FORMS, type SaltForm } from '../column-salt.ts';
import { hex, readBase64, readHex, readInteger } from '../encoding.ts';
import { readParameterisedName } from '../parameters.ts';
import { BLOCK_BYTES, type Pbkdf2Digest, pbkdf2Scheme, readDigest } from './pbkdf2.ts';

const KNOWN = new Set(['iterations', 'length', 'salt']);

/**
 * PBKDF2 with hash and salt in columns and the rest fixed, as a name that configuration spells:
 * `pbkdf2-sha256(iterations=10000,length=50)` (Grafana), `pbkdf2-sha256(iterations=50000,length=50,salt=hex)` (Gitea),
 * `pbkdf2-sha512(iterations=1000,length=40)` (Symfony, which makes 40 bytes). `length` is the hash's, in bytes; without
 * it, the digest's own. `salt` is `text` (the column's characters as they stand, the default), `hex` or `base64`. The
 * hash is hexadecimal or base64, whichever has that length.
 */
export const pbkdf2Columns: SchemeFamily = {
  example: 'pbkdf2-sha256(iterations=50000,length=50,salt=hex)',
  find,
};

function find(name: string): Scheme | undefined {
  const read = readParameterisedName(name);
  const digest = readDigest(/^pbkdf2-(.+)$/.exec(read?.family ?? '')?.[1]);
  if (read === undefined || digest === undefined) return undefined;
  const { parameters } = read;
  const iterations = readInteger(parameters.get('iterations'));
  const length = readInteger(parameters.get('length') ?? String(BLOCK_BYTES[digest]));
  const salt = SALT_FORMS.find((form) => form === (parameters.get('salt') ?? 'text'));
  if (iterations === undefined || length === undefined || salt === undefined) return undefined;
  if ([...parameters.keys()].some((key) => !KNOWN.has(key))) return undefined;
  return schemeOf(name, { digest, iterations, length, salt });
}

interface Fixed {
  readonly digest: Pbkdf2Digest;
  readonly iterations: number;
  readonly length: number;
  readonly salt: SaltForm;
}

function schemeOf(name: string, { digest, iterations, length, salt: form }: Fixed): Scheme {
  return pbkdf2Scheme({
    name,
    about: {
      foundIn:
        'software that fixes digest and iterations in its code: Gitea and Forgejo (user.passwd and salt), Grafana (user.password and salt), Symfony with pbkdf2',
      get example() {
        const read = readColumnSalt(name, form, EXAMPLE.salt);
        const salt = 'salt' in read ? read.salt : '';
        return hex(pbkdf2Sync(EXAMPLE.password, salt, iterations, length, digest));
      },
    },
    needs: ['salt'],
    read({ encoded, salt: column }) {
      const key = encoded.length === 2 * length ? readHex(encoded) : readBase64(encoded);
      if (key?.length !== length) return undefined;
      const read = readColumnSalt(name, form, column);
      return { digest, iterations, key, salt: 'salt' in read ? read.salt : Buffer.alloc(0) };
    },
    write: ({ key }) => hex(key),
    fault({ salt }) {
      const read = readColumnSalt(name, form, salt);
      return 'fault' in read ? read.fault : undefined;
    },
  });
}
