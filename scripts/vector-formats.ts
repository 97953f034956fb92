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
  [/^postgres/, ({ salt }) => ({ scheme: 'auto', username: salt ?? '' })],
  [/^smf/, ({ salt }) => ({ scheme: 'smf', username: salt ?? '' })],
  [/^(descrypt|bigcrypt|bsdicrypt|ntlm|mysql323|mysql41)$/, (_, [name = '']) => ({ scheme: name })],
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
