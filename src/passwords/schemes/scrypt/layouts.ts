import { bareBase64, base64, hex, readBase64, readHex, readInteger } from '../encoding.ts';
import type { ScryptLayout, ScryptValue } from './scrypt.ts';

/** No machine has the memory for 2^64, and no software makes an N of 64 or less: the two readings of `ln` never meet. */
const LARGEST_LOGARITHM = 63;

export const scryptLayouts: readonly ScryptLayout[] = [
  {
    // passlib, Zitadel and the PHC string format: `ln` is N's logarithm. Ory Kratos writes N itself under that name.
    name: 'phc-scrypt',
    about: {
      foundIn: 'passlib, passwap, Zitadel and node libraries in the PHC string format; Ory Kratos',
      example: '$scrypt$ln=16,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$1a0ZQtnx0oHhn48xj8fOQ5+iE1AgsBClgPgQyKBBRRw',
    },
    prefix: /^\$scrypt\$/,
    read({ encoded }) {
      const fields = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9+/=]*)\$([A-Za-z0-9+/=]+)$/.exec(
        encoded,
      );
      if (fields === null) return undefined;
      const [, cost, r, p, salt = '', key = ''] = fields;
      const ln = readInteger(cost);
      const N = ln !== undefined && ln <= LARGEST_LOGARITHM ? 2 ** ln : ln;
      return assembled([N, readInteger(r), readInteger(p)], readBase64(salt), readBase64(key));
    },
    write: ({ N, r, p, salt, key }) =>
      `$scrypt$ln=${Math.log2(N)},r=${r},p=${p}$${bareBase64(salt)}$${bareBase64(key)}`,
  },
  {
    // Werkzeug (Flask), `generate_password_hash`: the salt is text.
    name: 'werkzeug-scrypt',
    about: {
      foundIn: 'Werkzeug and Flask 2.3 and later, generate_password_hash',
      example:
        'scrypt:32768:8:1$seasaltseasalt12$5a93a2dd087681b2df3a04f173ff68b6eadfb9fa5013191bc9491ea13600c89611572ef1e6da5f87cb11cad463a3bda2ec52644f1dadffc20202fd2199ca4abc',
    },
    keyBytes: 64,
    prefix: /^scrypt:\d+:/,
    read({ encoded }) {
      const fields = /^scrypt:(\d+):(\d+):(\d+)\$([^$]+)\$([0-9a-fA-F]+)$/.exec(encoded);
      if (fields === null) return undefined;
      const [, N, r, p, salt = '', key = ''] = fields;
      return assembled([N, r, p].map(readInteger), Buffer.from(salt), readHex(key));
    },
    write: ({ N, r, p, salt, key }) => `scrypt:${N}:${r}:${p}$${salt.toString()}$${hex(key)}`,
  },
  {
    // Django, `ScryptPasswordHasher`: the salt is text and stands between N and r.
    name: 'django-scrypt',
    about: {
      foundIn: 'Django 4.0 and later with ScryptPasswordHasher: auth_user.password',
      example:
        'scrypt$16384$seasaltseasaltseasalt1$8$5$NbNegS7gIO8TdqXIcH23OMOOfWidv+ioOCeJ0V188gq214onrRGzUIQDxiQyfx04JjqZ1itbw6UgOPlysHW0Jw==',
    },
    keyBytes: 64,
    prefix: /^scrypt\$\d+\$/,
    read({ encoded }) {
      const fields = /^scrypt\$(\d+)\$([^$]+)\$(\d+)\$(\d+)\$([A-Za-z0-9+/=]+)$/.exec(encoded);
      if (fields === null) return undefined;
      const [, N, salt = '', r, p, key = ''] = fields;
      return assembled([N, r, p].map(readInteger), Buffer.from(salt), readBase64(key));
    },
    write: ({ N, r, p, salt, key }) => `scrypt$${N}$${salt.toString()}$${r}$${p}$${base64(key)}`,
  },
  {
    // Spring Security, `SCryptPasswordEncoder`: 16, 8 and 8 bits for the logarithm of N, r and p, in hexadecimal.
    name: 'spring-scrypt',
    about: {
      foundIn: 'Spring Security, SCryptPasswordEncoder',
      example: '{scrypt}$100801$AAECAwQFBgcICQoLDA0ODw==$1a0ZQtnx0oHhn48xj8fOQ5+iE1AgsBClgPgQyKBBRRw=',
    },
    prefix: /^\{scrypt(?:@SpringSecurity_v5_8)?\}/,
    read({ encoded }) {
      const fields =
        /^\{scrypt(?:@SpringSecurity_v5_8)?\}\$([1-9a-f][0-9a-f]{4,5})\$([A-Za-z0-9+/=]*)\$([A-Za-z0-9+/=]+)$/.exec(
          encoded,
        );
      if (fields === null) return undefined;
      const [, parameters = '', salt = '', key = ''] = fields;
      const bits = Number.parseInt(parameters, 16);
      const numbers = [2 ** (bits >> 16), (bits >> 8) & 0xff, bits & 0xff];
      return assembled(numbers, readBase64(salt), readBase64(key));
    },
    write({ N, r, p, salt, key }) {
      const bits = (Math.log2(N) << 16) | (r << 8) | p;
      return `{scrypt}$${bits.toString(16)}$${base64(salt)}$${base64(key)}`;
    },
  },
  {
    // hashcat's mode 8900.
    name: 'hashcat-scrypt',
    about: {
      foundIn: 'exports in the layout of hashcat, mode 8900',
      example: 'SCRYPT:16384:8:1:AAECAwQFBgcICQoLDA0ODw==:11kKyiyYAc8G7rp3KmncMc44YlkdllIqxOa7pq0fMaU=',
    },
    prefix: /^SCRYPT:/,
    read({ encoded }) {
      const fields = /^SCRYPT:(\d+):(\d+):(\d+):([A-Za-z0-9+/=]*):([A-Za-z0-9+/=]+)$/.exec(encoded);
      if (fields === null) return undefined;
      const [, N, r, p, salt = '', key = ''] = fields;
      return assembled([N, r, p].map(readInteger), readBase64(salt), readBase64(key));
    },
    write: ({ N, r, p, salt, key }) => `SCRYPT:${N}:${r}:${p}:${base64(salt)}:${base64(key)}`,
  },
];

function assembled(
  [N, r, p]: readonly (number | undefined)[],
  salt: Buffer | undefined,
  key: Buffer | undefined,
): ScryptValue | undefined {
  if (N === undefined || r === undefined || p === undefined) return undefined;
  return salt === undefined || key === undefined ? undefined : { N, r, p, salt, key };
}
