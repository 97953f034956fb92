import { BYTE_MILLISECONDS } from '../../cost.ts';
import { digestOf } from '../../digest.ts';
import { judgeDigest } from '../../judgement.ts';
import { LIMITS } from '../../limits.ts';
import type { About } from '../../scheme.ts';
import { type CryptValue, cryptScheme } from './crypt-scheme.ts';
import { mixRounds, stretched } from './rounds.ts';
import { encode64 } from './text.ts';

interface Variant {
  readonly name: string;
  readonly about: About;
  readonly digest: 'sha256' | 'sha512';
  readonly identifier: RegExp;
  readonly whole: RegExp;
  /** The order of the digest's bytes in the text. */
  readonly order: readonly number[];
}

const DEFAULT_ROUNDS = 5000;

/** `$5$rounds=5000$salt$hash`; without `rounds=` they are 5000. */
export const sha256crypt = scheme({
  name: 'sha256crypt',
  about: {
    foundIn: 'Linux and Solaris: /etc/shadow; mail servers',
    example: '$5$seasalt$/9RJ.5bCoOl61Yfyn5H.WoBCX/V0m08fLp2tIHp.Gw0',
  },
  digest: 'sha256',
  identifier: /^\$5\$/,
  whole: /^\$5\$(?:rounds=([1-9]\d{0,8})\$)?([!-#%-9;-~]{0,16})\$([./0-9A-Za-z]{42}[./0-9A-D])$/,
  order: [...shuffled(10, 1), 30, 31],
});

/** `$6$rounds=5000$salt$hash`: what most Linux systems wrote into /etc/shadow from 2008 on. */
export const sha512crypt = scheme({
  name: 'sha512crypt',
  about: {
    foundIn: 'Linux from 2008 on: /etc/shadow; Dovecot and Postfix tables',
    example:
      '$6$seasalt$OsWdvzkZt1W1hsnEY//XBD8XrVe4xkh5EG/MIyPBFnS/tachtdRTVS8rOqDRZ4DLEFJ.Wa75YTCyJi/ymzZg71',
  },
  digest: 'sha512',
  identifier: /^\$6\$/,
  whole: /^\$6\$(?:rounds=([1-9]\d{0,8})\$)?([!-#%-9;-~]{0,16})\$([./0-9A-Za-z]{85}[./01])$/,
  order: [...shuffled(21, 2), 63],
});

function scheme({ name, about, digest, identifier, whole, order }: Variant) {
  return cryptScheme({
    name,
    about,
    identifier,
    read(encoded): CryptValue | undefined {
      const [, roundsText, saltText, text] = whole.exec(encoded) ?? [];
      if (saltText === undefined || text === undefined) return undefined;
      const rounds = Number(roundsText ?? DEFAULT_ROUNDS);
      const salt = Buffer.from(saltText, 'latin1');
      const { minRounds, maxRounds } = LIMITS.crypt.sha;
      return {
        hash: text,
        salt: saltText,
        parameters: { rounds },
        judgement: judgeDigest({ digest, rounds }),
        ...(rounds < minRounds || rounds > maxRounds
          ? { outOfBounds: `${name}'s rounds are ${rounds}; verified are ${minRounds} to ${maxRounds}.` }
          : {}),
        cost: (digest === 'sha256' ? 0.0004 : 0.0006) * rounds,
        costOfByte: BYTE_MILLISECONDS * rounds,
        compute: (password) => encode64(compute(digest, rounds, password, salt), order),
      };
    },
  });
}

/** Ulrich Drepper's algorithm, https://www.akkadia.org/drepper/SHA-crypt.txt. */
function compute(digest: Variant['digest'], rounds: number, password: Uint8Array, salt: Uint8Array) {
  const sha = (...parts: readonly Uint8Array[]) => digestOf(digest, Buffer.concat(parts));
  const inner = sha(password, salt, password);
  const parts: Uint8Array[] = [password, salt, stretched(inner, password.length)];
  for (let bits = password.length; bits > 0; bits >>= 1) parts.push(bits & 1 ? inner : password);
  const first = sha(...parts);
  // The password once for each of its bytes: this is what makes the cost grow with the square of its length.
  const longPassword = sha(stretched(password, password.length ** 2));
  const longSalt = sha(stretched(salt, salt.length * (16 + (first[0] ?? 0))));
  return mixRounds(
    digest,
    rounds,
    first,
    stretched(longPassword, password.length),
    stretched(longSalt, salt.length),
  );
}

/** Three rows of the digest read down the columns, each column turned by `turn` places more than the last. */
function shuffled(columns: number, turn: number): number[] {
  return Array.from({ length: columns }, (_, column) => {
    const bytes = [column + 2 * columns, column + columns, column];
    return [0, 1, 2].map((place) => bytes[(place + turn * column) % 3] ?? 0);
  }).flat();
}
