import type { Identity } from '../../passwords/identify.ts';

/** What to do about people whose passwords are alike. */
export interface PasswordRemedy {
  /** A sentence or two. */
  readonly remedy: string;
  /** To be run where the bridge runs. */
  readonly command?: string;
}

/** Finds how a password was hashed, by the row of somebody whose password is known; it asks for that password. */
export const FIND_COMMAND = 'footbridge find --login NAME';

/** @returns undefined where there is nothing to do */
export function remedyFor(found: Identity): PasswordRemedy | undefined {
  switch (found.kind) {
    case 'scheme':
      if (found.outOfBounds !== undefined) return { remedy: OUT_OF_BOUNDS };
      return found.judgement.strength === 'strong' ? undefined : { remedy: REPLACED_BY_LOGINS };
    case 'damaged':
      return { remedy: DAMAGED };
    case 'ambiguous':
      return { remedy: FIND, command: FIND_COMMAND };
    case 'unknown':
      return {
        remedy: `${FIND} If nothing is found, these people need a new password.`,
        command: FIND_COMMAND,
      };
    case 'empty':
      return undefined;
  }
}

const FIND =
  'Find out how it was made: NAME is the login name of somebody whose password you know. What the command prints goes ' +
  'into the configuration.';

const DAMAGED =
  'See whether the column or the export cut it, and have the rows read anew; otherwise these people need a new password.';

const OUT_OF_BOUNDS =
  'A hash outside the bounds is never computed, so that no row can stop the bridge. These people need a new password.';

const REPLACED_BY_LOGINS =
  'These people log in as they are used to, and a login in “lazy” or “cutover” makes a strong hash for the new platform. ' +
  'Whoever does not come back has this one in the old table until the table is deleted.';
