import type { Credential } from '../src/domain/credential.ts';

/** What a vector says, as far as a row of a table would. */
export interface VectorRow {
  readonly format: string;
  readonly hash: string;
  readonly salt?: string | null | undefined;
}

type Part = Partial<Credential>;

/**
 * How a row of that format would be configured, by the name that the makers of vectors give it. Anything that is not
 * here is left to `auto`.
 */
const CONFIGURED: readonly [RegExp, (row: VectorRow, match: RegExpExecArray) => Part][] = [
  [
    /^(md4|md5|sha1|sha224|sha256|sha384|sha512)-hex$/,
    (_, [, digest = '']) => ({ scheme: `${digest}($pass)` }),
  ],
  [/^sha3_(256|512)-hex$/, (_, [, bits]) => ({ scheme: `sha3_${bits}($pass)` })],
  [/^hmac-(md5|sha1|sha256|sha512)\(key=(pass|salt)\)$/, (_, [, digest, key]) => hmac(digest, key)],
  [
    /^postgres/,
    ({ hash, salt }) => ({
      scheme: hash.startsWith('md5') ? 'auto' : 'md5($pass.$username)',
      username: salt ?? '',
    }),
  ],
  [/^smf/, ({ salt }) => ({ scheme: 'smf', username: salt ?? '' })],
  [
    /^(descrypt|bigcrypt|bsdicrypt|ntlm|mysql323|peoplesoft|umbraco|plaintext)\b/,
    (_, [name = '']) => ({ scheme: name }),
  ],
  [/^mysql41$/, ({ hash }) => ({ scheme: hash.startsWith('*') ? 'mysql41' : 'mysql41-bare' })],
  [/^oracle11g-S$/, () => ({ scheme: 'oracle11g-bare' })],
  [/^hmailserver/, () => ({ scheme: 'hmailserver' })],
  [/^macos10\.7/, () => ({ scheme: 'macos10.7' })],
  [/^phps/, () => ({ scheme: 'phps' })],
  [/^rails-restful-auth/, () => ({ scheme: "sha1('--'.$salt.'--'.$pass.'--')" })],
  [/^django-unsalted-md5$/, () => ({ scheme: 'md5' })],
  [/^spring-(md4|md5|sha1|sha256|sha512)\(/, (_, [, digest]) => ({ scheme: `spring-${digest}` })],
  [/^b64\(md5\(saltString\.pass\)\)$/, () => ({ scheme: 'md5($salt.$pass)' })],
  [/^sha512crypt\(md5hex/, () => ({ scheme: 'sha512crypt(md5($pass))' })],
  [/^phpbb3-converted/, () => ({ scheme: 'phpass(md5(cp1252($pass)))' })],
  [
    /^symfony-message-digest sha256 x2/,
    () => ({ scheme: 'repeat(2, sha256_bin($last.$pass.braced($salt)))' }),
  ],
  [/^symfony-pbkdf2-sha256/, () => ({ scheme: 'pbkdf2-sha256(iterations=1,length=40)' })],
  [
    /^hmac-sha1\(key=pbkdf2-sha1/,
    () => ({ scheme: 'hmac_sha1(pbkdf2_hmac_sha1_bin($pass,$salt,10000,64),$pass)' }),
  ],
  [
    /^pbkdf2-(sha\d+) b64 salt\+b64 64-byte hash, (\d+) it/,
    (_, [, digest, rounds]) => ({ scheme: `pbkdf2-${digest}(iterations=${rounds},length=64,salt=base64)` }),
  ],
];

export function credentialOf(row: VectorRow): Credential {
  const stored = { encoded: row.hash, ...(row.salt == null ? {} : { salt: row.salt }) };
  for (const [pattern, configure] of CONFIGURED) {
    const match = pattern.exec(row.format);
    if (match !== null) return { ...stored, scheme: 'auto', ...configure(row, match) };
  }
  const recipe = recipeOf(row.format);
  return { ...stored, scheme: recipe ?? 'auto' };
}

function hmac(digest = '', key = ''): Part {
  const message = key === 'pass' ? '$salt' : '$pass';
  return { scheme: `hmac_${digest}($${key},${message})` };
}

/** `vbulletin: md5(md5(pass).salt)` is `md5(md5($pass).$salt)`; undefined for what is not a nested digest. */
function recipeOf(format: string): string | undefined {
  const text = format.replace(/^[\w/]+: /, '');
  if (!/^(md5|sha1|sha256|sha384|sha512|bcrypt|argon2id)\([\w().,]+\)$/.test(text)) return undefined;
  return text
    .replaceAll(/\bmd5hex\b/g, 'md5')
    .replaceAll(/\b(pass|username)\b/g, '$$$1')
    .replaceAll(/\b(salt|saltString|cookieKey)\b/g, '$$salt');
}
