import { createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { pbkdf2Milliseconds } from '../cost.ts';
import { digestOf } from '../digest.ts';
import { judgePbkdf2 } from '../judgement.ts';
import type { Scheme } from '../scheme.ts';
import { damagedValue } from './damaged.ts';
import { base64, readBase64, readInteger } from './encoding.ts';
import { passwordText } from './password-text.ts';
import { BLOCK_BYTES, pbkdf2Fault } from './pbkdf2/pbkdf2.ts';

const POSTGRES = /^(SCRAM-SHA-(256)\$(\d+):([A-Za-z0-9+/=]+)\$)([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)$/;
const DOVECOT = /^(\{SCRAM-SHA-(1|256)\}(\d+),([A-Za-z0-9+/=]+),)([A-Za-z0-9+/=]+),([A-Za-z0-9+/=]+)$/i;
const PREFIX = /^(?:SCRAM-SHA-256\$|\{SCRAM-SHA-(?:1|256)\})/i;

/**
 * The verifier that a server of SCRAM keeps (RFC 5802, 3): the digest of a key that PBKDF2 makes of the password, and a
 * key of the server's, by which nothing is compared. PostgreSQL: `SCRAM-SHA-256$iterations:salt$stored:server`; Dovecot:
 * `{SCRAM-SHA-256}iterations,salt,stored,server`.
 */
export const scram: Scheme = {
  name: 'scram',
  aliases: ['postgres-scram', 'scram-sha-256', 'scram-sha-1'],
  about: {
    foundIn: 'PostgreSQL 10 and later: pg_authid.rolpassword; Dovecot',
    example:
      'SCRAM-SHA-256$4096:AAECAwQFBgcICQoLDA0ODw==$ONYbSJBXtKl6bP6PVqw8pm9e7EiacprLnoUQPFS80Hw=:IPOtHuGJ2HifEQg74W2XXqqCrCyQG55GbPRHa6g6n9w=',
    ignores: 'the difference between forms of a character that look the same (SASLprep)',
  },
  selfDescribing: true,

  parse({ encoded }) {
    const fields = POSTGRES.exec(encoded) ?? DOVECOT.exec(encoded);
    const [, front = '', name, count, saltText = '', storedText = '', serverText = ''] = fields ?? [];
    const digest = name === '1' ? 'sha1' : 'sha256';
    const [salt, stored, server] = [saltText, storedText, serverText].map(readBase64);
    const iterations = readInteger(count);
    const bytes = BLOCK_BYTES[digest];
    if (iterations === undefined || salt === undefined) return undefined;
    if (stored?.length !== bytes || server?.length !== bytes) return undefined;
    const outOfBounds = pbkdf2Fault({ digest, iterations, salt, key: stored });
    const matches = (password: Uint8Array) => {
      const salted = pbkdf2Sync(password, salt, iterations, bytes, digest);
      const clientKey = createHmac(digest, salted).update('Client Key').digest();
      return timingSafeEqual(digestOf(digest, clientKey), stored);
    };
    const zeros = base64(Buffer.alloc(bytes));
    return {
      scheme: 'scram',
      parameters: { digest, iterations },
      judgement: judgePbkdf2({ digest, iterations }),
      ...(outOfBounds === undefined ? {} : { outOfBounds }),
      cost: pbkdf2Milliseconds(digest, iterations, 1),
      async verify(password) {
        const prepared = saslPrepared(password);
        const matchesPrepared = prepared !== undefined && matches(prepared);
        return matches(password) || matchesPrepared;
      },
      lossy: (password) => saslPrepared(password) !== undefined,
      decoy: () => `${front}${zeros}${encoded.startsWith('{') ? ',' : ':'}${zeros}`,
    };
  },

  damage: (encoded) => (PREFIX.test(encoded) ? damagedValue('scram', encoded) : undefined),
};

/** RFC 3454, C.1.2 and B.1. */
const SPACES = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g;
const NOTHING = /\u00ad|\u034f|\u1806|[\u180b-\u180d]|\u200c|\u200d|\u2060|[\ufe00-\ufe0f]|\ufeff/g;

/**
 * What SASLprep (RFC 4013) makes of a password. Dovecot does without, and PostgreSQL for what SASLprep prohibits: so the
 * password as it was typed may match as well.
 *
 * @returns undefined when it stays as it is
 */
function saslPrepared(password: Uint8Array): Buffer | undefined {
  const text = passwordText(password);
  const prepared = text?.replaceAll(SPACES, ' ').replaceAll(NOTHING, '').normalize('NFKC');
  return prepared === undefined || prepared === text || prepared === '' ? undefined : Buffer.from(prepared);
}
