import type { AuditEntry } from '../store/audit.ts';
import { type MigrationSwitch, migrationSwitch } from './migration.ts';

/** One change of a switch, read from the audit trail. */
export interface SwitchLine {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly actor: string;
  /** Undefined: the app had no switch of its own. */
  readonly before: MigrationSwitch | undefined;
  readonly after: MigrationSwitch | undefined;
  /** Where the target changed with it; null is none. */
  readonly target?: { readonly before: string | null; readonly after: string | null };
  /** It took the change before it back. */
  readonly undo: boolean;
}

/** A switch as the trail keeps it. */
export interface SwitchNote {
  readonly app?: string;
  readonly target?: string | null;
  readonly forced?: boolean;
  readonly undo?: boolean;
}

/**
 * @param entries of the client, oldest first
 * @returns the last change since the client was registered; undefined when there is none, or none that can be read
 */
export function lastSwitch(entries: readonly AuditEntry[], app: string | undefined): SwitchLine | undefined {
  const registered = entries.findLastIndex(({ action }) => action === 'client.add');
  const last = entries
    .slice(registered + 1)
    .findLast(({ action, after }) => action === 'client.mode' && noteOf(after).app === app);
  if (last === undefined) return undefined;
  const [before, after] = [noteOf(last.before), noteOf(last.after)];
  return {
    at: last.at,
    actor: last.actor,
    before: switchIn(before),
    after: switchIn(after),
    ...('target' in after ? { target: { before: before.target ?? null, after: after.target ?? null } } : {}),
    undo: after.undo === true,
  };
}

const noteOf = (value: unknown): SwitchNote => Object(value) as SwitchNote;

function switchIn({
  app: _,
  target: __,
  forced: ___,
  undo: ____,
  ...one
}: SwitchNote): MigrationSwitch | undefined {
  return migrationSwitch.safeParse(one).data;
}
