import type { RunKind } from '../run-desk.ts';
import type { RunTarget, RunView } from '../work/runs.ts';
import { wordsOf } from './only-fields.ts';

export const KIND_NAMES: Readonly<Record<RunKind, string>> = {
  backfill: 'Backfill',
  rehearsal: 'Dry run',
  sync: 'Sync',
};

/** What a state means for whoever looks. */
export function stateInWords({ state, kind }: Pick<RunView, 'state' | 'kind'>): string {
  switch (state) {
    case 'running':
      return 'A process is at it.';
    case 'stopping':
      return 'It was asked to stop, and ends after the page of people it is at.';
    case 'interrupted':
      return kind === 'backfill'
        ? 'Nobody is at it: its process ended or failed. It can go on where it was left.'
        : 'Nobody is at it: its process ended or failed. Whoever takes it up begins from the start.';
    case 'held':
      return 'It found more people gone than may go without a yes. Nobody of them was touched.';
    case 'done':
      return kind === 'rehearsal' ? 'Everybody was looked at; nothing was written.' : 'It came to its end.';
    case 'stopped':
      return 'It was ended by an admin. What it did until then stays.';
  }
}

/** What a run was begun with, as names and values. */
export function optionsInWords({ kind, options }: Pick<RunView, 'kind' | 'options'>): [string, string][] {
  if (kind === 'sync') {
    return [
      ['Who', 'Everybody who is at the target, as the ledger has them'],
      ['What', 'Later changes: profiles, new passwords, disables and deletions'],
    ];
  }
  const { only, withHashes, copy } = options;
  const filters = Array.isArray(only) ? only.map(String) : [];
  const sent =
    withHashes === true
      ? 'The profile, and the old hash where the target verifies it itself'
      : 'The profile alone: the password follows with the next login, or is set anew';
  return [
    ['Who', wordsOf(filters)],
    ['What', sent],
    ...(kind === 'backfill' ? [['How', HOW[copy === false ? 'later' : 'now']] as [string, string]] : []),
  ];
}

const HOW = {
  now: 'Entered into the ledger and copied, page by page',
  later: 'Entered into the ledger alone; the couriers copy them',
} as const;

const BACKFILL: Readonly<Record<string, string>> = {
  read: 'Read from the old tables',
  notMeant: 'Left out by the filters',
  across: 'Across already',
  underWay: 'Waiting in the ledger already',
  waitsForAdmin: 'Parked or in conflict already',
  excluded: 'Excluded by an admin',
  gone: 'Gone: disabled or deleted in the old tables',
  entered: 'Entered into the ledger',
  withHash: 'Of these, with their old hash',
  copied: 'Copied',
  conflict: 'In conflict: a stranger at the target has their e-mail address',
  parked: 'Parked: the target refuses them',
  waiting: 'Left to the courier',
  disabled: 'Disabled in the old tables: not copied',
  later: 'Locked or not ready: tried later',
};

const REHEARSAL: Readonly<Record<string, string>> = {
  ...BACKFILL,
  entered: 'Would be entered and copied',
  disabled: 'Disabled in the old tables: would not be copied',
  later: 'Locked or not ready: would be tried later',
};

const SYNC: Readonly<Record<string, string>> = {
  read: 'Read from the old tables',
  unchanged: 'As they were',
  updated: 'Updated at the target',
  passwords: 'Of these, with a new password of the old tables, sent as it is hashed there',
  drifted: 'Have a new password in the old tables: their next login is copied',
  reopened: 'Of these, back again',
  notCopied: 'Changed, but the migration of their client is off',
  heldBack: 'Disabled or deleted, but the migration of their client is off: carried once it is on again',
  conflict: 'In conflict: a stranger at the target has their e-mail address',
  parked: 'Parked: the target refuses them',
  waiting: 'Left to the courier',
  disabled: 'Disabled',
  deleted: 'Deleted',
  failed: 'Could not be locked out or removed at the target: tried again by the next sync',
};

const COUNTERS = { backfill: BACKFILL, rehearsal: REHEARSAL, sync: SYNC } as const;

/** What became of people, in the order in which it is understood; what nobody was is left out. */
export function countersInWords({ kind, counters }: Pick<RunView, 'kind' | 'counters'>) {
  const words = COUNTERS[kind];
  const names = [...new Set([...Object.keys(words), ...Object.keys(counters)])];
  return names
    .map((name) => ({
      name,
      what: words[name] ?? `The target ${saidByTarget(name)}`,
      people: counters[name] ?? 0,
    }))
    .filter(({ name, people }) => name === 'read' || people > 0);
}

/** A target's own word for what it would do: `would-create`. */
const saidByTarget = (name: string) => name.replace(/^would-/, 'would ').replaceAll('-', ' ');

/** What a sync does at the target to people who are gone, as far as it is known here. */
export function fateInWords(target: Pick<RunTarget, 'disable' | 'remove'> | undefined): string {
  const can = [target?.disable ? 'disables' : '', target?.remove ? 'removes' : ''].filter(
    (word) => word !== '',
  );
  if (can.length === 0) return 'marks them as gone; the target cannot disable or remove anybody';
  return `${can.join(' or ')} them at the target, as the configuration says (onDisabled and onDeleted of sync)`;
}
