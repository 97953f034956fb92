import type { Scheme } from '../scheme.ts';
import { argon2 } from './argon2.ts';
import { bcrypt } from './bcrypt.ts';
import { phpassSchemes } from './phpass.ts';

const NAME = 'phpbb3';
const INNER = [...phpassSchemes, bcrypt, argon2];

/** PHP's `htmlspecialchars` with `ENT_COMPAT`, which leaves the apostrophe alone. */
const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/**
 * phpBB 3 in all its generations (`$H$`, `$2y$`, argon2): what was typed went through its filter of requests before it
 * was hashed (`type_cast_helper.php`): line ends made one, NUL left out, special characters as entities, and trimmed.
 */
export const phpbb: Scheme = {
  name: NAME,
  about: {
    foundIn: 'phpBB 3.0 to 3.3: phpbb_users.user_password',
    example: '$H$Bseasalt1EoSVcOOswj8RV8wCrXve81',
    ignores: 'blanks around the password, and NUL',
  },
  selfDescribing: false,

  parse({ encoded }) {
    for (const scheme of INNER) {
      const hash = scheme.parse({ encoded });
      if (hash === undefined) continue;
      return {
        ...hash,
        scheme: NAME,
        verify: (password) => hash.verify(filtered(password)),
        lossy: (password) => hash.lossy(filtered(password)) || loses(password),
        remake: async (password, fresh) => hash.remake?.(filtered(password), fresh),
      };
    }
    return undefined;
  },

  damage: (encoded) => INNER.map((scheme) => scheme.damage?.(encoded)).find((damage) => damage !== undefined),
};

/** Byte by byte: everything that the filter looks at is ASCII. */
function filtered(password: Uint8Array): Buffer {
  const text = Buffer.from(password).toString('latin1');
  const lines = text.replaceAll(/\r\n?/g, '\n').replaceAll('\0', '');
  const escaped = lines.replaceAll(/[&<>"]/g, (found) => ENTITIES.get(found) ?? found);
  return Buffer.from(escaped.replaceAll(/^[ \t\n\v]+|[ \t\n\v]+$/g, ''), 'latin1');
}

function loses(password: Uint8Array): boolean {
  const text = Buffer.from(password).toString('latin1');
  return /[\0\r]|^[ \t\n\v]|[ \t\n\v]$/.test(text);
}
