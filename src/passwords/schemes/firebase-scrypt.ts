import { createCipheriv, scryptSync } from 'node:crypto';
import { judgeScrypt } from '../judgement.ts';
import { LIMITS } from '../limits.ts';
import type { ParsedHash, Scheme } from '../scheme.ts';
import { besideFault } from './beside-fault.ts';
import { comparedDigest } from './compared-digest.ts';
import { damagedValue } from './damaged.ts';
import { readBase64 } from './encoding.ts';
import { type FirebaseProject, readFirebaseProject } from './firebase-project.ts';

interface FirebaseHash extends FirebaseProject {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const COLUMN = 'firebase-scrypt';

/**
 * Firebase Authentication: `passwordHash` and `salt` of `firebase auth:export`, in two columns. The pepper is the
 * project's `hash_config { ... }` as the Firebase console shows it, or its `base64_signer_key` alone when the rest is
 * what every project has (rounds 8, mem_cost 14, salt separator `Bw==`).
 */
export const firebaseScrypt: Scheme = {
  name: COLUMN,
  aliases: ['firebase'],
  about: {
    foundIn:
      'Firebase Authentication, firebase auth:export: passwordHash and salt; the pepper is the hash_config of its console',
    example: 'ImWOKStQWof4BwLZr290eub3HGLS676AUROjpWHqLK2YU0CupNZ6cxGV8URYgdCH',
  },
  needs: ['salt', 'pepper'],
  selfDescribing: false,

  parse({ encoded, salt, pepper }) {
    // The form that carries everything, as well: it is what the decoy is made of.
    const carried = firescrypt.parse({ encoded });
    if (carried !== undefined) return { ...carried, scheme: COLUMN };
    const hash = readBase64(fromUrlSafe(encoded));
    if (hash === undefined || !isKeySized(hash)) return undefined;
    const project = readFirebaseProject(pepper ?? '');
    const saltBytes = readBase64(fromUrlSafe(salt ?? ''));
    if (project === undefined || saltBytes === undefined) {
      const outOfBounds =
        project === undefined
          ? `${COLUMN} needs the project's hash_config, or its base64_signer_key, as the pepper: the Firebase console shows it.`
          : 'The salt is not base64: map the column that holds salt of the export.';
      return unreadable(outOfBounds, hash);
    }
    return parsed(COLUMN, { ...project, salt: saltBytes, hash }, besideFault(COLUMN, 'salt', salt));
  },
};

const KRATOS =
  /^\$firescrypt\$ln=(\d{1,3}),r=(\d{1,3}),p=1\$([A-Za-z0-9+/=]{0,256})\$([A-Za-z0-9+/=]{1,256})\$([A-Za-z0-9+/=]{0,64})\$([A-Za-z0-9+/=]{1,256})$/;
const SUPABASE =
  /^\$fbscrypt\$v=1,n=(\d{1,3}),r=(\d{1,3}),p=1(?:,ss=([A-Za-z0-9+/=]{0,64}))?,sk=([A-Za-z0-9+/=]{1,256})\$([A-Za-z0-9+/=]{0,256})\$([A-Za-z0-9+/=]{1,256})$/;

const FIRESCRYPT =
  '$firescrypt$ln=14,r=8,p=1$c0ffee00$ImWOKStQWof4BwLZr290eub3HGLS676AUROjpWHqLK2YU0CupNZ6cxGV8URYgdCH$Bw==$c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00';
const FBSCRYPT =
  '$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00$c0ffee00$ImWOKStQWof4BwLZr290eub3HGLS676AUROjpWHqLK2YU0CupNZ6cxGV8URYgdCH';

/** The same with the project's secrets inside, as Ory Kratos imports it. */
export const firescrypt = carrying('firescrypt', 'Ory Kratos', FIRESCRYPT, (encoded) => {
  const [, memCost, rounds, salt, hash, separator, signerKey] = KRATOS.exec(encoded) ?? [];
  return { memCost, rounds, salt, hash, separator, signerKey };
});

/** The same with the project's secrets inside, as Supabase imports it. */
export const fbscrypt = carrying('fbscrypt', 'Supabase', FBSCRYPT, (encoded) => {
  const [whole, memCost, rounds, separator, signerKey, salt, hash] = SUPABASE.exec(encoded) ?? [];
  return {
    memCost,
    rounds,
    salt,
    hash,
    separator: whole === undefined ? undefined : (separator ?? ''),
    signerKey,
  };
});

type Texts = Record<'memCost' | 'rounds' | 'salt' | 'hash' | 'separator' | 'signerKey', string | undefined>;

function carrying(name: string, writer: string, example: string, split: (encoded: string) => Texts): Scheme {
  return {
    name,
    about: { foundIn: `Firebase Authentication, as ${writer} imports it`, example },
    selfDescribing: true,

    parse({ encoded }) {
      const texts = split(encoded);
      const bytes = (text: string | undefined) => (text === undefined ? undefined : readBase64(text));
      const [salt, hash] = [bytes(texts.salt), bytes(texts.hash)];
      const [separator, signerKey] = [bytes(texts.separator), bytes(texts.signerKey)];
      if (!salt || !hash || !separator || !signerKey) return undefined;
      if (hash.length !== signerKey.length || !isKeySized(hash)) return undefined;
      const [memCost, rounds] = [Number(texts.memCost), Number(texts.rounds)];
      return parsed(name, { memCost, rounds, salt, hash, separator, signerKey });
    },

    damage(encoded) {
      if (!encoded.startsWith(`$${name}$`)) return undefined;
      return damagedValue(`$${name}$ of ${writer}`, encoded);
    },
  };
}

function parsed(scheme: string, value: FirebaseHash, fault?: string): ParsedHash {
  return comparedDigest({
    scheme,
    parameters: { memCost: value.memCost, rounds: value.rounds },
    judgement: judgeScrypt({ N: 2 ** value.memCost, r: value.rounds, p: 1 }),
    outOfBounds: fault ?? faultOf(value),
    cost: 0.0004 * 2 ** value.memCost * value.rounds,
    expected: value.hash,
    compute: (password) => compute(value, password),
    decoy: scheme === fbscrypt.name ? supabaseDecoy(value) : kratosDecoy(value),
  });
}

const ZEROS = Buffer.alloc(64).toString('base64');

const kratosDecoy = ({ memCost, rounds }: FirebaseHash) =>
  `$firescrypt$ln=${memCost},r=${rounds},p=1$AAAA$${ZEROS}$Bw==$${ZEROS}`;

const supabaseDecoy = ({ memCost, rounds }: FirebaseHash) =>
  `$fbscrypt$v=1,n=${memCost},r=${rounds},p=1,ss=Bw==,sk=${ZEROS}$AAAA$${ZEROS}`;

/** Without the project's settings it is judged by those that every project has. */
const unreadable = (outOfBounds: string, expected: Buffer) =>
  comparedDigest({
    scheme: COLUMN,
    parameters: {},
    judgement: judgeScrypt({ N: 2 ** 14, r: 8, p: 1 }),
    outOfBounds,
    expected,
    compute: () => undefined,
    decoy: ZEROS,
  });

function faultOf({ memCost, rounds, signerKey, hash }: FirebaseHash): string | undefined {
  const { minMemCost, maxMemCost, maxRounds } = LIMITS.firebaseScrypt;
  if (memCost < minMemCost || memCost > maxMemCost) {
    return `Firebase's mem_cost is ${memCost}; verified are ${minMemCost} to ${maxMemCost}.`;
  }
  if (rounds < 1 || rounds > maxRounds) {
    return `Firebase's rounds are ${rounds}; verified are 1 to ${maxRounds}.`;
  }
  return signerKey.length === hash.length
    ? undefined
    : `The signer key has ${signerKey.length} bytes and the hash ${hash.length}: the pepper is of another project, or the column was cut.`;
}

/** Google's `firebase/scrypt`: what scrypt derives encrypts the signer key, AES-256 in counter mode from zero. */
function compute(
  { salt, separator, memCost, rounds, signerKey }: FirebaseHash,
  password: Uint8Array,
): Buffer {
  const N = 2 ** memCost;
  const key = scryptSync(password, Buffer.concat([salt, separator]), 32, {
    N,
    r: rounds,
    p: 1,
    maxmem: 128 * rounds * (N + 3) + 1024 * 1024,
  });
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(signerKey);
}

function isKeySized(bytes: Buffer): boolean {
  const { min, max } = LIMITS.firebaseScrypt.signerKeyBytes;
  return bytes.length >= min && bytes.length <= max;
}

/** The export of the Firebase tools is base64url, that of the console's API base64. */
const fromUrlSafe = (text: string) => text.replaceAll('-', '+').replaceAll('_', '/');
