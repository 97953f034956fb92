import { createHash, createHmac } from 'node:crypto';
import { judgeDigest } from '../judgement.ts';
import type { About, Scheme } from '../scheme.ts';
import { comparedDigest } from './compared-digest.ts';
import { readBase64 } from './encoding.ts';
import { utf16le } from './password-text.ts';

const SHA1_BYTES = 20;

/** PeopleSoft's `PSOPRDEFN.OPERPSWD`: SHA-1 over UTF-16, without salt. */
export const peoplesoft = utf16Scheme(
  'peoplesoft',
  { foundIn: 'Oracle PeopleSoft: PSOPRDEFN.OPERPSWD', example: 'zI+gYK7oZq8dXoKfWhCv7e5DVXc=' },
  (text) => createHash('sha1').update(text).digest(),
);

/** Umbraco 4 to 7 with `useLegacyEncoding`: HMAC-SHA1 of the password under the password itself. */
export const umbraco = utf16Scheme(
  'umbraco',
  {
    foundIn: 'Umbraco 4 to 7 with useLegacyEncoding: cmsMember.Password and umbracoUser.userPassword',
    example: 'mRZX5RIKIlZujWhcF/J7S+9K/LI=',
  },
  (text) => createHmac('sha1', text).update(text).digest(),
);

/** Base64 of twenty bytes, which names no scheme: configuration does. */
function utf16Scheme(name: string, about: About, compute: (text: Buffer) => Buffer): Scheme {
  return {
    name,
    about,
    selfDescribing: false,

    parse({ encoded }) {
      const expected = readBase64(encoded);
      if (expected?.length !== SHA1_BYTES) return undefined;
      return comparedDigest({
        scheme: name,
        parameters: { digest: 'sha1' },
        judgement: judgeDigest({ digest: 'sha1' }),
        expected,
        compute(password) {
          const text = utf16le(password);
          return text === undefined ? undefined : compute(text);
        },
        decoy: Buffer.alloc(SHA1_BYTES).toString('base64'),
      });
    },
  };
}
