import { LIMITS } from '../limits.ts';
import type { Beside } from '../scheme.ts';

const WHERE_TO_MAP: Readonly<Record<Beside, string>> = {
  salt: 'map the salt column (password.salt), or look why it is empty',
  username: 'map the column (password.username), or look why it is empty',
  pepper: 'give password.pepper',
};

/** What is wrong with something beside the hash that a scheme needs; an empty salt is a salt. */
export function besideFault(scheme: string, what: Beside, value: string | undefined): string | undefined {
  if (value === undefined) return `${scheme} needs a ${what}, and this row has none: ${WHERE_TO_MAP[what]}.`;
  if (value.length > LIMITS.saltLength) {
    return `The ${what} has ${value.length} characters; verified are up to ${LIMITS.saltLength}.`;
  }
  return undefined;
}
