import { createHash } from 'node:crypto';
import { judgeDigest } from '../judgement.ts';
import type { Scheme } from '../scheme.ts';
import { besideFault } from './beside-fault.ts';
import { comparedDigest } from './compared-digest.ts';
import { damagedValue } from './damaged.ts';

const WHOLE = /^md5([0-9a-f]{32})$/;

/** PostgreSQL's `pg_authid.rolpassword` before SCRAM, and what copied it: `md5` and the MD5 of password and role name. */
export const postgresMd5: Scheme = {
  name: 'postgres-md5',
  aliases: ['postgresql-md5', 'postgres'],
  about: {
    foundIn: 'PostgreSQL before 14, and later with password_encryption = md5: pg_authid.rolpassword',
    example: 'md50a03eed3c2e71175dbc849c2fc5591e0',
  },
  needs: ['username'],
  selfDescribing: true,

  parse({ encoded, username }) {
    const digest = WHOLE.exec(encoded)?.[1];
    if (digest === undefined) return undefined;
    return comparedDigest({
      scheme: 'postgres-md5',
      parameters: { digest: 'md5' },
      judgement: judgeDigest({ digest: 'md5' }),
      outOfBounds: besideFault('postgres-md5', 'username', username),
      expected: Buffer.from(digest, 'hex'),
      compute: (password) =>
        createHash('md5')
          .update(password)
          .update(username ?? '')
          .digest(),
      decoy: `md5${'0'.repeat(32)}`,
    });
  },

  damage(encoded) {
    if (!/^md5[0-9a-f]{16,}$/.test(encoded) || WHOLE.test(encoded)) return undefined;
    return damagedValue('md5 of PostgreSQL', encoded);
  },
};
