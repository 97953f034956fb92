/** What people write for the parts of a recipe. */
const WORDS: Readonly<Record<string, string>> = {
  p: '$pass',
  pw: '$pass',
  pwd: '$pass',
  pass: '$pass',
  passwd: '$pass',
  password: '$pass',
  plain: '$pass',
  plaintext: '$pass',
  s: '$salt',
  salt: '$salt',
  saltstring: '$salt',
  salthex: '$salt',
  cookiekey: '$salt',
  sitesalt: '$salt',
  realm: '$salt',
  u: '$username',
  user: '$username',
  userid: '$username',
  username: '$username',
  login: '$username',
  pepper: '$pepper',
  secret: '$pepper',
  key: '$pepper',
  sitekey: '$pepper',
};

const FUNCTIONS: Readonly<Record<string, string>> = {
  uc: 'upper',
  strtoupper: 'upper',
  toupper: 'upper',
  uppercase: 'upper',
  lc: 'lower',
  strtolower: 'lower',
  tolower: 'lower',
  lowercase: 'lower',
  unicode: 'utf16le',
  utf16: 'utf16le',
  unicode16: 'utf16le',
  utf_16le: 'utf16le',
  b64: 'base64',
  base64_encode: 'base64',
  bin2hex: 'hex',
};

const DIGEST =
  /^(md4|md5|sha1|sha224|sha256|sha384|sha512|sha3_256|sha3_384|sha3_512)(?:[-_]?(hex|raw|bin))?$/;

/**
 * A formula as people write it, as a recipe: `md5hex(salt+pass)`, `HMAC-SHA256 (key = $salt)`, `b64(sha1(pass || salt))`.
 *
 * @returns undefined when the text is no formula; that the recipe can be read is not said
 */
export function formulaOf(text: string): string | undefined {
  const lower = text
    .trim()
    .replaceAll(/\bsha-(\d)/gi, 'sha$1')
    .replaceAll(/\bsha3-(\d)/gi, 'sha3_$1');
  const bare =
    /^(?:(?:hex|raw)[-_ ])?(md4|md5|sha1|sha224|sha256|sha384|sha512|sha3_\d{3})(?:[-_ ](?:hex|b64|base64|upper|raw))?$/i.exec(
      lower,
    )?.[1];
  if (bare !== undefined) return `${bare.toLowerCase()}($pass)`;
  return keyedBy(lower) ?? recipeOf(lower);
}

function keyedBy(text: string): string | undefined {
  const [, digest, key] =
    /^hmac[-_ ]?(md5|sha1|sha224|sha256|sha384|sha512)\s*\(\s*key\s*=\s*\$?(\w+)[^)]*\)$/i.exec(text) ?? [];
  if (digest === undefined || key === undefined) return undefined;
  const isPassword = WORDS[key.toLowerCase()] === '$pass';
  return `hmac_${digest.toLowerCase()}(${isPassword ? '$pass,$salt' : '$salt,$pass'})`;
}

const TOKEN = /\s*('(?:[^'\\]|\\.)*'|"[^"]*"|\{\$?salt\}|\|\||[A-Za-z][\w-]*|\$\w+|\d+|[().,+‖|&])/y;

function recipeOf(text: string): string | undefined {
  if (!/^[\w-]+\s*\(/.test(text)) return undefined;
  const tokens = tokensOf(text.replace(/\s*\[[^\]]*\]$/, ''));
  if (tokens === undefined) return undefined;
  const made = tokens.map((token, at) => (tokens[at + 1] === '(' ? functionOf(token) : operandOf(token)));
  return made.join('').replace(/^(?:base64|hex)\((.*)\)$/, (_, inner: string) => inner);
}

function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) return undefined;
    tokens.push(token);
  }
  return tokens;
}

function functionOf(token: string): string {
  const name = token.toLowerCase().replaceAll('-', '_');
  const [, digest, form] = DIGEST.exec(name) ?? [];
  if (digest !== undefined) return form === 'raw' || form === 'bin' ? `${digest}_bin` : digest;
  return FUNCTIONS[name] ?? name;
}

function operandOf(token: string): string {
  if (['+', '‖', '||', '|', '&'].includes(token)) return '.';
  if (/^\{\$?salt\}$/i.test(token)) return 'braced($salt)';
  if (token.startsWith('"')) return `'${token.slice(1, -1)}'`;
  return WORDS[token.toLowerCase().replace(/^\$/, '').replaceAll('_', '')] ?? token;
}
