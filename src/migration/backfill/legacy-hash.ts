import type { Credential } from '../../domain/credential.ts';
import type { LegacyHashes } from '../../targets/target.ts';

const BCRYPT = /^\$2[aby]\$(\d{2})\$[./A-Za-z0-9]{53}$/;
const ARGON2ID =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$[A-Za-z0-9+/]{11,}\$[A-Za-z0-9+/]{20,}$/;

/** What a hash must cost at least, unless the operator said that less will do. OWASP Password Storage, 2023. */
const LEAST = { bcryptCost: 10, argon2KiB: 19_456, argon2Passes: 2 } as const;

/**
 * The stored hash as the target can verify it by itself: character for character, where nothing of the row or of the
 * legacy app's configuration is mixed in. Undefined for everything else, whose password waits for a login.
 */
export function hashAsItIs(credential: Credential, accepted: LegacyHashes | undefined): string | undefined {
  if (accepted === undefined || !standsAlone(credential)) return undefined;
  const { encodings, weaker } = accepted;
  const bcrypt = BCRYPT.exec(credential.encoded);
  const argon2id = ARGON2ID.exec(credential.encoded);
  const strong =
    Number(bcrypt?.[1] ?? 0) >= LEAST.bcryptCost ||
    (Number(argon2id?.[1] ?? 0) >= LEAST.argon2KiB && Number(argon2id?.[2] ?? 0) >= LEAST.argon2Passes);
  if (!strong && !weaker) return undefined;
  const taken =
    (bcrypt !== null && encodings.includes('bcrypt') && isNamed(credential, ['bcrypt'])) ||
    (argon2id !== null && encodings.includes('argon2id') && isNamed(credential, ['argon2id', 'argon2']));
  return taken ? credential.encoded : undefined;
}

/** A salt column, a pepper, a username or another charset would be missing at the target. */
function standsAlone({ salt, username, pepper, charset = 'utf8' }: Credential): boolean {
  return salt === undefined && username === undefined && pepper === undefined && charset === 'utf8';
}

/** Of several schemes the first: what it does not read is of none that a target takes. */
const isNamed = ({ scheme }: Credential, names: readonly string[]) => {
  const [first = ''] = [scheme].flat();
  return first === 'auto' || names.includes(first);
};
