import { createHash } from 'node:crypto';
import { judgeDigest } from '../judgement.ts';
import type { Scheme } from '../scheme.ts';
import { comparedDigest } from './compared-digest.ts';
import { damagedValue } from './damaged.ts';
import { utf16le } from './password-text.ts';

const NAME = 'mssql';
/** Version, four bytes of salt, digest. SQL Server 2000 put a second digest, of the upper-case password, behind it. */
const SHA1 = /^0x0100([0-9a-f]{8})([0-9a-f]{40})(?:[0-9a-f]{40})?$/i;
const SHA512 = /^0x0200([0-9a-f]{8})([0-9a-f]{128})$/i;

/** `PWDENCRYPT()` and `sys.sql_logins` of Microsoft SQL Server: 2000, 2005 (`0x0100`) and 2012 (`0x0200`). */
export const mssql: Scheme = {
  name: NAME,
  aliases: ['mssql2000', 'mssql2005', 'mssql2012', 'pwdencrypt()'],
  about: {
    foundIn:
      'Microsoft SQL Server 2000 to 2022: sys.sql_logins.password_hash, and what PWDENCRYPT() wrote into a table',
    example:
      '0x0200C0FFEE00A46C01C7ABDBFBB3B4518CC00A343B54C67893B21DEB1554C0BB269FFDE67553E9272ED5197B4D3BCA03C1CB6E9E68813FC555DCB0DEC96739686BD3D55C30CA',
  },
  selfDescribing: true,

  parse({ encoded }) {
    const sha1 = SHA1.exec(encoded);
    const [, salt, digest] = sha1 ?? SHA512.exec(encoded) ?? [];
    if (salt === undefined || digest === undefined) return undefined;
    const name = sha1 === null ? 'sha512' : 'sha1';
    return comparedDigest({
      scheme: NAME,
      parameters: { digest: name },
      judgement: judgeDigest({ digest: name }),
      expected: Buffer.from(digest, 'hex'),
      compute(password) {
        const text = utf16le(password);
        if (text === undefined) return undefined;
        const hash = createHash(name);
        return hash.update(text).update(Buffer.from(salt, 'hex')).digest();
      },
      decoy: `${sha1 === null ? '0x0200' : '0x0100'}${'0'.repeat(8 + digest.length)}`,
    });
  },

  damage(encoded) {
    if (!/^0x0[12]00[0-9a-f]{8,}/i.test(encoded) || SHA1.test(encoded) || SHA512.test(encoded))
      return undefined;
    return damagedValue('PWDENCRYPT() of SQL Server', encoded);
  },
};
