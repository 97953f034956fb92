import { LIMITS } from '../limits.ts';

/** What is wrong with a salt column that a scheme needs; an empty salt is a salt. */
export function saltFault(name: string, salt: string | undefined): string | undefined {
  if (salt === undefined) {
    return `${name} needs a salt, and this row has none: map the salt column, or look why it is empty.`;
  }
  if (salt.length > LIMITS.saltLength) {
    return `The salt has ${salt.length} characters; verified are up to ${LIMITS.saltLength}.`;
  }
  return undefined;
}
