import type { ParsedHash, Scheme } from '../scheme.ts';
import { bcrypt } from './bcrypt.ts';

const NAME = 'devise';

/**
 * Devise (Rails): bcrypt of the password with the pepper of `config.pepper` behind it; without a pepper it is plain
 * bcrypt. It looks like bcrypt, so configuration names it. The pepper counts towards bcrypt's 72 bytes: whatever of
 * it comes later the legacy system ignored as well.
 */
export const devise: Scheme = {
  name: NAME,
  about: {
    foundIn:
      'Devise of Rails: users.encrypted_password; the pepper is config.pepper of config/initializers/devise.rb',
    example: '$2a$12$abcdefghijklmnopqrstuuIqP4NoOduGi1ikHv0SBEww0aHGEqPoa',
    ignores: bcrypt.about.ignores ?? '',
  },
  takes: ['pepper'],
  selfDescribing: false,

  parse({ encoded, pepper }) {
    const hash = bcrypt.parse({ encoded });
    if (hash === undefined) return undefined;
    const peppered = (password: Uint8Array) => Buffer.concat([password, Buffer.from(pepper ?? '', 'utf8')]);
    return {
      ...hash,
      scheme: NAME,
      verify: async (password) => hash.verify(peppered(password)),
      // A cut pepper loses nothing of the password.
      lossy: (password) => hash.lossy(password),
      remake: async (password, fresh) => hash.remake?.(peppered(password), fresh),
    } satisfies ParsedHash;
  },

  damage: (encoded) => bcrypt.damage?.(encoded),
};
