import type { PersonRef } from '../../domain/ids.ts';

/** Where one person's page is. */
export const personAddress = ({ directory, legacyId }: { [K in keyof PersonRef]: string }) =>
  `/people/${encodeURIComponent(directory)}/${encodeURIComponent(legacyId)}`;

/** Where the people of a state and reason are listed. */
export const groupAddress = (which: { target: string; state: string; reason?: string | undefined }) =>
  `/problems/people?${new URLSearchParams(
    Object.entries(which).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )}`;
