import { engine } from '../engine.ts';
import type { ParsedHash, Scheme } from '../scheme.ts';
import { bcrypt } from './bcrypt.ts';
import { passwordText } from './password-text.ts';

const NAME = 'woltlab';
/** WoltLab Suite 5.4 and later write the algorithm in front. */
const PREFIX = /^DoubleBcrypt:/;
const SETTING_LENGTH = 29;

/**
 * WoltLab Community Framework 2 (WBB 4, WoltLab Suite): bcrypt of bcrypt with the same setting. It looks like bcrypt,
 * so configuration names it. A password with a NUL never matches: PHP's crypt() saw only what is in front of it.
 */
export const woltlab: Scheme = {
  name: NAME,
  aliases: ['wcf2', 'wbb4'],
  about: {
    foundIn: 'WoltLab Burning Board 4 and WoltLab Suite 3 to 5: wcf1_user.password',
    example: '$2a$08$abcdefghijklmnopqrstuuiYy2vNmqZjbk/zPOgTnTZsrJSCwWoz.',
    ignores: 'bytes past the 72nd',
  },
  selfDescribing: false,

  parse({ encoded }) {
    const bare = encoded.replace(PREFIX, '');
    const hash = bcrypt.parse({ encoded: bare });
    // `$2x$` is PHP's before 5.3.7, which this software never ran on.
    if (hash === undefined || bare.startsWith('$2x$')) return undefined;
    return {
      ...hash,
      scheme: NAME,
      cost: 2 * hash.cost,
      async verify(password) {
        const text = passwordText(password);
        const inner = engine.bcrypt(Buffer.from(text ?? ''), bare.slice(0, SETTING_LENGTH));
        const matches = await hash.verify(Buffer.from(inner ?? ''));
        return matches && text !== undefined && !text.includes('\0');
      },
    } satisfies ParsedHash;
  },

  damage: (encoded) => bcrypt.damage?.(encoded.replace(PREFIX, '')),
};
