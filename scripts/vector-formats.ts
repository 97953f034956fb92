import type { Credential } from '../src/domain/credential.ts';
import { identify } from '../src/passwords/identify/identify.ts';
import { AUTO, findScheme, schemeNames } from '../src/passwords/known-schemes.ts';
import { ALL_SCHEMES } from '../src/passwords/schemes/all.ts';
import { NAMED_RECIPES } from '../src/passwords/schemes/named-recipes.ts';
import { deriving } from './vector-derivations.ts';
import { formulaOf } from './vector-formulas.ts';
import { HASHCAT_MODES, JOHN_DYNAMIC, NAMES } from './vector-names.ts';
import {
  charsetOf,
  type Parameters,
  pepperOf,
  plainName,
  readParameters,
  usernameOf,
} from './vector-parameters.ts';

/** What a vector says, as far as a row of a table and the configuration of its software would. */
export interface VectorRow {
  readonly format: string;
  readonly hash: string;
  readonly salt?: string | null | undefined;
  readonly params?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface Configured {
  /** How a row of that format would be configured; any of them may be it, the likeliest first. */
  readonly credentials: readonly [Credential, ...Credential[]];
  /** False when the name says nothing: then the value has to name its scheme itself. */
  readonly named: boolean;
}

/** Formats of what nothing may read. */
const UNREADABLE =
  /invalid|garbage|unusable|malformed|damaged|truncated|corrupt|disabled|locked|placeholder|\bempty\b/i;

/** Every name and alias of the registry, by its letters and digits. */
const REGISTERED = new Map(
  [
    ...ALL_SCHEMES.flatMap(({ name, aliases = [] }) =>
      [name, ...aliases].map((known) => [known, name] as const),
    ),
    ...NAMED_RECIPES.flatMap(({ name, aliases = [] }) =>
      [name, ...aliases].map((known) => [known, name] as const),
    ),
    ...schemeNames().map((name) => [name, name] as const),
  ].map(([known, name]) => [plainName(known), name]),
);

const HASHCAT = new Map(Object.entries(HASHCAT_MODES));
const JOHN = new Map(Object.entries(JOHN_DYNAMIC));
const OTHERS = new Map(Object.entries(NAMES));

/** Maps the name that somebody else gave a format, and what comes with the vector, to a row's configuration. */
export function configured(row: VectorRow): Configured {
  const { params, format: _, hash: __, salt: ___, ...rest } = row;
  const parameters = readParameters(rest, params);
  const schemes = [...new Set(candidatesOf(row.format).flatMap((name) => schemesOf(name, row, parameters)))];
  const salts = saltsOf(row);
  const credentials = [...schemes, AUTO].flatMap((scheme) =>
    salts.map((stored) => credentialOf(scheme, stored, parameters)),
  );
  const readable = credentials.filter((credential) => identify(credential).kind !== 'unknown-scheme');
  const [first, ...others] = readable.length > 0 ? chosen(readable) : credentials;
  return {
    credentials: [first ?? credentialOf(AUTO, { encoded: row.hash }, parameters), ...others],
    named: schemes.length > 0 || UNREADABLE.test(row.format),
  };
}

/** A value that names its own scheme is read by that, unless the format's name says what it is made of. */
function chosen(readable: readonly Credential[]): readonly Credential[] {
  const [first] = readable;
  return readable.filter(({ scheme }) => scheme === first?.scheme || derives(scheme));
}

const derives = (scheme: Credential['scheme']) => /^(?:pbkdf2-|scrypt\()/.test(String(scheme));

type Stored = Pick<Credential, 'encoded' | 'salt'>;

/** hashcat and John put the salt behind the hash where a table has two columns. */
function saltsOf({ hash, salt }: VectorRow): readonly Stored[] {
  const dynamic = /^\$dynamic_\d+\$([0-9a-f]+)(?:\$(.*))?$/s.exec(hash);
  if (dynamic !== null) return [{ encoded: dynamic[1] ?? '', salt: dynamic[2] ?? salt ?? '' }];
  if (salt != null) return [{ encoded: hash, salt }];
  const [, encoded, behind] = /^([^:$]{16,}):(.*)$/s.exec(hash) ?? [];
  if (encoded === undefined || behind === undefined) return [{ encoded: hash }];
  return [{ encoded: hash }, { encoded, salt: behind }];
}

function credentialOf(scheme: string, stored: Stored, parameters: Parameters): Credential {
  const recipe = NAMED_RECIPES.find(({ name }) => name === scheme)?.recipe ?? scheme;
  // Makers of vectors have one field for whatever is mixed in.
  const username = usernameOf(parameters) ?? stored.salt;
  const pepper = pepperOf(parameters) ?? (recipe.includes('$pepper') ? stored.salt : undefined);
  const charset = charsetOf(parameters);
  return {
    ...stored,
    scheme,
    ...(username === undefined ? {} : { username }),
    ...(pepper === undefined ? {} : { pepper }),
    ...(charset === undefined ? {} : { charset }),
  };
}

/** The name, and what is left of it without its decoration; the whole and the most telling part first. */
function candidatesOf(format: string): readonly string[] {
  const bare = format.trim();
  const [before, behind] = /^([^:(/]+)(?::\s+|\/(?=\w+\())(.+)$/.exec(bare)?.slice(1) ?? [];
  const undecorated = [behind, before, bare]
    .filter((name) => name !== undefined)
    .flatMap((name) => [name, name.replace(/\s*(?:\[[^\]]*\]|\s\([^)]*\)|\s[^\s(].*)$/, '')]);
  const parts = undecorated.flatMap((name) => [
    name,
    ...(name.includes('(') ? [] : name.split(/\/| or | = /)),
  ]);
  const short = parts.flatMap((name) => (name.includes('(') ? [name] : [name, ...shortened(name)]));
  return [...new Set([bare, ...short].map((name) => name.trim()).filter((name) => name !== ''))];
}

const MAKER =
  /^(?:passlib|john|jtr|hashcat|php|python|perl|ruby|java|dotnet|go|node|openssl|auth0|okta|clerk|stytch|fusionauth|strivacity|cognito|kratos|ory|zitadel|supabase|workos|ldap|openldap|crypt|libxcrypt|linux|unix|raw|plain|unsalted|legacy)[-_. ]+/i;
const SUFFIX =
  /[-_. ]+(?:hex|b64|base64|raw|utf-?8|upper|lower|uppercase|lowercase|padded|column|bare|prefix|digest|hash|v\d+|default)$/i;

/** Without who made it before and how it is written behind: `passlib-x`, `x-hex`. */
function shortened(name: string): readonly string[] {
  const made = name.replace(MAKER, '');
  return [made, name.replace(SUFFIX, ''), made.replace(SUFFIX, ''), name.replace(/[-_ ][^-_ ]*$/, '')].filter(
    (other) => other !== name,
  );
}

function schemesOf(name: string, row: VectorRow, parameters: Parameters): readonly string[] {
  const mode = /^(?:hashcat|mode|m|-m)?[-_ ]*(?:mode|-m|m)?[-_ ]*(\d{1,5})$/i.exec(name)?.[1];
  const dynamic = /dynamic[-_= ]*\[?(\d{1,4})/i.exec(name)?.[1];
  const plain = plainName(name);
  const found = [
    EXACT.find(({ pattern }) => pattern.test(name))?.scheme(row),
    dynamic === undefined ? undefined : JOHN.get(dynamic),
    mode === undefined ? undefined : HASHCAT.get(String(Number(mode))),
    OTHERS.get(plain) ?? REGISTERED.get(plain),
    formulaOf(name),
    ...deriving(name, row, parameters),
  ];
  return found
    .filter((scheme) => scheme !== undefined)
    .filter((scheme) => scheme === AUTO || findScheme(scheme));
}

/** What neither the registry nor a formula says: the same name for several layouts, or a rule in words. */
const EXACT: readonly { readonly pattern: RegExp; scheme(row: VectorRow): string }[] = [
  {
    pattern: /^mysql-?(?:41|4\.1|5)$/i,
    scheme: ({ hash }) => (hash.startsWith('*') ? 'mysql41' : 'mysql41-bare'),
  },
  {
    pattern: /^oracle-?11g?/i,
    scheme: ({ hash }) => (hash.startsWith('S:') ? 'oracle11g' : 'oracle11g-bare'),
  },
  {
    pattern: /^postgres(?:ql)?(?:[-_]?md5)?\b/i,
    scheme: ({ hash }) => (hash.startsWith('md5') ? 'postgres-md5' : 'md5($pass.$username)'),
  },
  { pattern: /^rails-restful-auth: sha1\(--salt--pass--\)$/, scheme: () => 'rails-restful-auth-1' },
  { pattern: /^django-unsalted-md5$/, scheme: () => 'md5($pass)' },
  {
    pattern: /^spring-(?:md4|md5|sha1|sha256|sha512)\(/,
    scheme: ({ format }) => format.slice(0, format.indexOf('(')),
  },
  { pattern: /^phpbb3-converted/, scheme: () => 'phpbb2-converted' },
  {
    pattern: /^symfony-message-digest sha256 x2/,
    scheme: () => 'repeat(2, sha256_bin($last.$pass.braced($salt)))',
  },
  { pattern: /^symfony-pbkdf2-sha256/, scheme: () => 'pbkdf2-sha256(iterations=1,length=40)' },
  {
    pattern: /^hmac-sha1\(key=pbkdf2-sha1/,
    scheme: () => 'hmac_sha1(pbkdf2_hmac_sha1_bin($pass,$salt,10000,64),$pass)',
  },
];
