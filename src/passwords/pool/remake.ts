import type { Credential } from '../../domain/credential.ts';
import { transcode } from '../charsets/transcode.ts';
import { type Fresh, saltTextLike } from '../fresh-salt.ts';
import { identify } from '../identify/identify.ts';
import { findScheme } from '../known-schemes.ts';
import type { Remade, RemakeOptions } from '../remake.ts';
import type { ParsedHash } from '../scheme.ts';

/** Several times the longest salt, as characters that are drawn evenly throw some of it away. */
export const ENTROPY_BYTES = 4096;

export interface RemakeTask extends RemakeOptions {
  readonly password: Uint8Array;
  readonly like: Credential;
  /** `ENTROPY_BYTES` random bytes. */
  readonly entropy: Uint8Array;
}

/** Hashes as the row is hashed, then verifies as a login would: what the bridge could not let in is never written. */
export async function remake({
  password,
  like,
  scheme,
  freshColumnSalt,
  entropy,
}: RemakeTask): Promise<Remade> {
  const { bytes, faithful } = transcode(password, like.charset ?? 'utf8');
  if (!faithful) {
    return {
      kind: 'password',
      reason: `The legacy app's charset (${like.charset}) cannot write this password.`,
    };
  }
  const fresh = freshFrom(entropy);
  const template = readTemplate(like, scheme);
  if ('reason' in template) return template;
  const salted = withFreshSalt(template.credential, template.hash, freshColumnSalt, fresh);
  const hash = salted === template.credential ? template.hash : read(salted);
  const name = template.hash.scheme;
  if (hash === undefined) return unmakeable(name);
  if (hash.lossy(bytes)) {
    return { kind: 'password', reason: `${name} would ignore a part of this password.` };
  }
  const encoded = await hash.remake?.(bytes, fresh);
  if (encoded === undefined) return unmakeable(name);
  const made = { ...salted, encoded };
  // By the scheme that the login reads the row with, and never as another one.
  const asRead = read({ ...made, scheme: like.scheme });
  if (asRead === undefined || asRead.scheme !== name || !(await asRead.verify(bytes)))
    return unmakeable(name);
  return {
    kind: 'made',
    scheme: name,
    judgement: asRead.judgement,
    encoded,
    ...(made.salt === undefined || made.salt === like.salt ? {} : { salt: made.salt }),
  };
}

type Refused = Exclude<Remade, { kind: 'made' }>;

interface Template {
  readonly credential: Credential;
  readonly hash: ParsedHash;
}

/** The row itself; where configuration names a scheme, that one's example, whose parameters are the usual ones. */
function readTemplate(like: Credential, scheme: string | undefined): Template | Refused {
  const example = scheme === undefined ? undefined : findScheme(scheme)?.about.example;
  const credential =
    scheme === undefined || example === undefined ? like : { ...like, encoded: example, scheme };
  const hash = read(credential);
  if (hash !== undefined) return { credential, hash };
  const reason =
    like.encoded === '' && scheme === undefined
      ? 'The row has no password, so nothing says how to hash one; writeBack can name a scheme.'
      : 'The password in the row is of no scheme that is read, so nothing says how to hash another.';
  return { kind: 'unknown', reason };
}

function read(credential: Credential): ParsedHash | undefined {
  const identified = identify(credential);
  return identified.kind === 'readable' ? identified.hash : undefined;
}

/** Only where the scheme hashes with the column: another column of that name is none of its business. */
function withFreshSalt(
  credential: Credential,
  { scheme }: ParsedHash,
  allowed: boolean,
  fresh: Fresh,
): Credential {
  const { salt } = credential;
  if (!allowed || salt === undefined || salt === '') return credential;
  if (findScheme(scheme)?.needs?.includes('salt') !== true) return credential;
  return { ...credential, salt: saltTextLike(salt, fresh) };
}

function freshFrom(entropy: Uint8Array): Fresh {
  let used = 0;
  return (bytes) => {
    if (used + bytes > entropy.length) throw new RangeError('The random bytes are used up.');
    used += bytes;
    return Buffer.from(entropy.subarray(used - bytes, used));
  };
}

const unmakeable = (scheme: string): Refused => ({
  kind: 'unmakeable',
  reason: `The bridge verifies ${scheme}, but cannot make it as this row has it.`,
});
