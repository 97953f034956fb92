import { createHash } from 'node:crypto';
import { LIMITS } from '../limits.ts';
import type { Scheme } from '../scheme.ts';
import { comparedDigest } from './compared-digest.ts';
import { damagedValue } from './damaged.ts';

const WHOLE = /^md5([0-9a-f]{32})$/;

/** PostgreSQL's `pg_authid.rolpassword` before SCRAM, and what copied it: `md5` and the MD5 of password and role name. */
export const postgresMd5: Scheme = {
  name: 'postgres-md5',
  aliases: ['postgresql-md5', 'postgres'],
  selfDescribing: true,

  parse({ encoded, username }) {
    const digest = WHOLE.exec(encoded)?.[1];
    if (digest === undefined) return undefined;
    return comparedDigest({
      scheme: 'postgres-md5',
      outOfBounds: usernameFault(username),
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

function usernameFault(username: string | undefined): string | undefined {
  if (username === undefined) {
    return 'postgres-md5 mixes the role name in, and this row has none: map the username column.';
  }
  if (username.length > LIMITS.saltLength) {
    return `The username has ${username.length} characters; verified are up to ${LIMITS.saltLength}.`;
  }
  return undefined;
}
