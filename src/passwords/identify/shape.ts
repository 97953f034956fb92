import { LIMITS } from '../limits.ts';

/**
 * Identifiers of formats that are in use. Only these are ever repeated: in a column of plain passwords, whatever else
 * stands before a `$` or a `}` could be part of somebody's password or salt.
 */
const IDENTIFIERS = [
  /^\$(?:1|2[abxy]?|3|5|6|7|8|9|apr1|y|gy|P|H|S|md5|sha1|argon2(?:id|i|d)|scrypt|firescrypt|fbscrypt|shiro1)\$/,
  /^\$(?:wp\$2y|bcrypt-sha256|pbkdf2(?:-sha(?:1|256|512))?|md5-crypt|sha(?:256|512)-crypt|U\$[SP])\$/,
  /^U\$[SP]\$/,
  /^\{(?:S?SHA(?:256|384|512|-1|-224|-256|-384|-512)?|S?MD5|MD4|CRYPT|PKCS5S2|X-PBKDF2)\}/i,
  /^\{(?:PBKDF2(?:[-_]SHA(?:1|256|512))?|bcrypt|scrypt|argon2|pbkdf2|ldap)(?:@SpringSecurity_v5_8)?\}/i,
  /^(?:\{(?:SCRAM-SHA-(?:1|256)|PLAIN-MD[45]|LDAP-MD5|NT(?:LM)?|LANMAN)\}|SCRAM-SHA-256\$)/i,
  /^(?:pbkdf2_sha(?:1|256)|bcrypt(?:_sha256)?|argon2|scrypt|md5|sha1|unsalted_md5|crypt)\$/,
  /^(?:pbkdf2:sha(?:1|256|512)|scrypt):/,
  /^:(?:A|B|pbkdf2):/,
  /^(?:SCRYPT:|\$ml\$|grub\.pbkdf2\.sha512\.|[123]\|\$(?:2y|argon2(?:id|i))\$)/,
];

/** What stands in front of something else than a hash, and how it is told. */
const NOT_HASHES: readonly (readonly [RegExp, (front: string) => string])[] = [
  [
    /^\{(?:noop|CLEARTEXT|PLAIN|PLAINTEXT)\}/i,
    (front) => `a password that is not hashed, behind ${front}: verified by the scheme plaintext alone`,
  ],
  [
    /^\{(?:SASL|KERBEROS)\}/i,
    (front) => `a name behind ${front}: the password is at another server, which the directory asks`,
  ],
  [
    /^\{(?:CRAM-MD5|HMAC-MD5|DIGEST-MD5|OTP|SKEY|RPA)\}/i,
    (front) => `a secret of a mail server's protocol, behind ${front}: it cannot be verified here`,
  ],
];

/** What a text with no identifier may be, by the number of its hexadecimal digits. */
const HEXADECIMAL: Record<number, string> = {
  16: 'OLD_PASSWORD() of MySQL or a shortened digest',
  32: 'MD5, NTLM or a recipe',
  40: 'SHA-1 or a recipe',
  56: 'SHA-224',
  64: 'SHA-256 or a recipe',
  96: 'SHA-384 or a recipe',
  128: 'SHA-512 or a recipe',
};

const PLACEHOLDERS = new Set(['*', '!', '!!', 'x', 'X', '*0', '*1', '*LK*', '0', 'NULL', 'null', '-', '!*']);

/** What Django writes for an account without a password: `!` and a random text (`make_password(None)`). */
const UNUSABLE = /^![A-Za-z0-9]{40}$/;

const isPlaceholder = (bare: string) => PLACEHOLDERS.has(bare) || UNUSABLE.test(bare);

/** Nothing below this length is a hash; a plain password may be, so not even its length is told. */
const SHORTEST_HASH = 13;

/** True for nothing, blanks, and what stands for "no password" in the tables of many systems. */
export function holdsNoPassword(encoded: string): boolean {
  const bare = encoded.length > LIMITS.encodedLength ? encoded : encoded.trim();
  return bare === '' || isPlaceholder(bare);
}

/**
 * What a password column that no scheme reads looks like, for logs and reports: identifier, length and alphabet,
 * never a character of hash, salt or password.
 */
export function shapeOf(encoded: string): string {
  if (encoded === '') return 'empty: the row has no password';
  if (encoded.length > LIMITS.encodedLength) {
    return `more than ${LIMITS.encodedLength} characters: longer than any password hash`;
  }
  const bare = encoded.trimEnd();
  if (bare.length === encoded.length) return shapeOfBare(encoded);
  const blanks = encoded.length - bare.length;
  if (bare === '') return 'nothing but blanks: the row has no password';
  return `${shapeOfBare(bare)}, followed by ${blanks} ${blanks === 1 ? 'blank' : 'blanks'} (a CHAR column pads: map a trimmed one)`;
}

function shapeOfBare(text: string): string {
  if (isPlaceholder(text)) return 'a placeholder such as * or !: the account has no password';
  for (const [pattern, tell] of NOT_HASHES) {
    const front = pattern.exec(text)?.[0];
    if (front !== undefined) return tell(front);
  }
  const identifier = IDENTIFIERS.map((pattern) => pattern.exec(text)?.[0]).find((found) => found);
  if (identifier !== undefined) return `${text.length} characters that begin with ${identifier}`;
  if (/^\*[0-9a-f]{40}$/i.test(text)) return '* and 40 hexadecimal digits (PASSWORD() of MySQL)';
  if (/^[0-9a-f]+$/i.test(text) && text.length >= 16) {
    const meaning = HEXADECIMAL[text.length];
    return `${text.length} hexadecimal digits${meaning === undefined ? '' : ` (${meaning}: name the scheme)`}`;
  }
  if (text.length < SHORTEST_HASH) return `fewer than ${SHORTEST_HASH} characters: too short for a hash`;
  return `${text.length} ${alphabetOf(text)}`;
}

function alphabetOf(text: string): string {
  if (/^[0-9a-f]+[:$][^:$]+$/i.test(text))
    return 'characters: hexadecimal digits, a separator and a second part';
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return 'characters of base64';
  if (/^[A-Za-z0-9_-]+$/.test(text)) return 'characters of base64url';
  if (/^[./A-Za-z0-9]+$/.test(text)) return 'characters of the alphabet of crypt(3)';
  if (/^[\x20-\x7e]+$/.test(text)) return 'printable characters with no identifier that is known';
  return 'characters, some of them not ASCII: binary data or another encoding';
}
