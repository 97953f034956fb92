import { digestOf } from '../../digest.ts';
import { judgeDigest } from '../../judgement.ts';
import { LIMITS } from '../../limits.ts';
import { cryptScheme } from './crypt-scheme.ts';
import { HAMLET } from './hamlet.ts';
import { MD5_ORDER } from './md5crypt.ts';
import { encode64 } from './text.ts';

/**
 * The setting is hashed as it stands, with one `$` at its end where two follow: Solaris writes both kinds. Its rounds
 * stand after a comma or, in hashes made by hand, after another `$`.
 */
const WHOLE =
  /^(\$md5(?:[,$]rounds=([1-9]\d{0,9}))?\$[./0-9A-Za-z]{0,64}(?:\$(?=\$))?)\$([./0-9A-Za-z]{21}[./01])$/;

/** These come on top of what the row asks for. */
const BASIC_ROUNDS = 4096;

/** `$md5$salt$$hash` and `$md5,rounds=5000$salt$$hash`: Solaris; the reference is libxcrypt's `crypt-sunmd5.c`. */
export const sunmd5 = cryptScheme({
  name: 'sunmd5',
  about: {
    foundIn: 'Solaris 9 and later: /etc/shadow',
    example: '$md5,rounds=904$seasalt$$pwM/n8kPP04WQ58P/eIm51',
  },
  identifier: /^\$md5[,$]/,
  read(encoded) {
    const [, setting, roundsText, text] = WHOLE.exec(encoded) ?? [];
    if (setting === undefined || text === undefined) return undefined;
    const rounds = BASIC_ROUNDS + Number(roundsText ?? 0);
    const { maxRounds } = LIMITS.crypt.sunmd5;
    return {
      hash: text,
      parameters: { rounds },
      judgement: judgeDigest({ digest: 'md5', rounds }),
      ...(rounds > maxRounds
        ? { outOfBounds: `sunmd5's rounds are ${rounds}; verified are up to ${maxRounds}.` }
        : {}),
      cost: 0.002 * rounds,
      compute: (password) => encode64(compute(rounds, password, setting), MD5_ORDER),
    };
  },
});

function compute(rounds: number, password: Uint8Array, setting: string): Uint8Array {
  let digest = digestOf('md5', Buffer.concat([password, Buffer.from(setting, 'latin1')]));
  for (let round = 0; round < rounds; round += 1) {
    const number = Buffer.from(String(round), 'latin1');
    const message = tossCoin(digest, round) ? [digest, HAMLET, number] : [digest, number];
    digest = digestOf('md5', Buffer.concat(message));
  }
  return digest;
}

/** The bit of the digest with this number, counted round and round. */
const bitOf = (digest: Uint8Array, bit: number) => ((digest[(bit >> 3) & 15] ?? 0) >> (bit & 7)) & 1;

/** Whether Hamlet speaks in this round: the digest chooses eight of its own bits twice over, and those choose two. */
function tossCoin(digest: Uint8Array, round: number): boolean {
  let [x, y] = [0, 0];
  for (let bit = 0; bit < 8; bit += 1) {
    x |= indirectBit(digest, bit, bit + 3) << bit;
    y |= indirectBit(digest, bit + 8, (bit + 11) & 15) << bit;
  }
  x = (x >> bitOf(digest, round)) & 127;
  y = (y >> bitOf(digest, round + 64)) & 127;
  return bitOf(digest, x) !== bitOf(digest, y);
}

function indirectBit(digest: Uint8Array, at: number, shiftedBy: number): number {
  const [a, b] = [digest[at] ?? 0, digest[shiftedBy] ?? 0];
  const value = (digest[(a >> (b % 5)) & 15] ?? 0) >> ((b >> (a & 7)) & 1);
  return bitOf(digest, value & 127);
}
