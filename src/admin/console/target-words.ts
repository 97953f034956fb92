import type { TargetView } from '../work/targets.ts';
import { type Segment, segmentsOf } from './shares.ts';
import type { Tone } from './tones.ts';

export interface Ability {
  readonly can: boolean;
  readonly what: string;
  /** What it means for the people. */
  readonly means: string;
}

const CONNECTORS: Readonly<Record<string, string>> = { sql: 'a table of users in an SQL database' };

export const connectorInWords = (kind: string): string => CONNECTORS[kind] ?? kind;

/** Whether copies are sent, in a word. */
export function stateOf({ state, failures }: TargetView['circuit']): { word: string; tone: Tone } {
  if (state === 'open') return { word: 'takes copies', tone: 'good' };
  if (state === 'failing') return { word: 'tried with care', tone: 'warn' };
  return failures > 0 ? { word: 'does not answer', tone: 'bad' } : { word: 'paused', tone: 'warn' };
}

/** What the target can take, and what it means that it cannot. */
export function abilitiesOf({
  firstHash,
  laterHash,
  encodings,
  legacyHashes,
  verify,
  disable,
  remove,
}: TargetView['capabilities']): Ability[] {
  return [
    {
      can: firstHash,
      what: `A password hash with a new person${firstHash ? ` (${encodings.join(', ')})` : ''}`,
      means: firstHash
        ? 'People log in there with the password they have.'
        : 'People are copied without a password and set a new one there.',
    },
    {
      can: laterHash,
      what: 'A password hash for somebody who is there already',
      means: laterHash
        ? 'A password that was changed in an old app is carried over at the next login.'
        : 'A password that is changed after the copy stays as it was there.',
    },
    {
      can: legacyHashes !== undefined,
      what: `Hashes of the old table as they are${legacyHashes ? ` (${legacyHashes.encodings.join(', ')})` : ''}`,
      means:
        legacyHashes === undefined
          ? 'Whoever does not log in is copied without a password.'
          : `A backfill may bring them${legacyHashes.weaker ? ', also those that are weaker than a rehash' : ''}.`,
    },
    {
      can: verify,
      what: 'Verifying a password',
      means: verify
        ? 'In cutover the bridge asks it, and people go on logging in here.'
        : 'In cutover people who are across are sent to the new platform.',
    },
    {
      can: disable,
      what: 'Locking a person out',
      means: disable
        ? 'Whoever is disabled in the old table is locked out there.'
        : 'Whoever is disabled in the old table stays as they are there.',
    },
    {
      can: remove,
      what: 'Deleting a person',
      means: remove
        ? 'Whoever is deleted in the old table is deleted there.'
        : 'Whoever is deleted in the old table stays there.',
    },
  ];
}

/** Everybody in the ledger of the target, as one bar. */
export function queueBar({ copied, waiting, retrying, failing, other }: TargetView['queue']): Segment[] {
  const parts = Object.entries({ copied, waiting, retrying, failing, other });
  const all = parts.reduce((sum, [, people]) => sum + people, 0);
  return segmentsOf(
    parts.map(([kind, people]) => ({ kind, people })),
    all,
  );
}
