import { z } from 'zod';
import { BridgeError } from '../domain/errors.ts';
import type { SwitchChange } from './clients.ts';
import { type Migration, type MigrationSwitch, type Mode, migrationSwitch } from './migration.ts';

const UNSET: MigrationSwitch = { mode: 'off', percent: 100 };

/** A client's switch, or that of an app behind it, before and after a change. */
export interface TurnedSwitch {
  /** Undefined: the app had no switch of its own. */
  readonly before: MigrationSwitch | undefined;
  readonly after: MigrationSwitch;
  /** The client's migration with the switch as it is afterwards. */
  readonly migration: Migration;
}

/** @throws BridgeError `invalid_request` for a limit that is none */
export function turnedSwitch(
  migration: Migration,
  mode: Mode,
  { app, force: _, ...limits }: SwitchChange,
): TurnedSwitch {
  const { target, movedUrl, cutover, apps, ...own } = migration;
  const before = app === undefined ? own : apps?.[app];
  const wanted = Object.entries(limits).filter(([, value]) => value !== undefined);
  const next = Object.entries({ ...(before ?? UNSET), ...Object.fromEntries(wanted), mode });
  const { data: after, error } = migrationSwitch.safeParse(
    Object.fromEntries(next.filter(([, value]) => !isNothing(value))),
  );
  if (after === undefined) {
    throw new BridgeError('invalid_request', `The switch cannot be turned so:\n${z.prettifyError(error)}`);
  }
  const configured = { target, movedUrl, cutover };
  if (app !== undefined)
    return { before, after, migration: { ...migration, apps: { ...apps, [app]: after } } };
  return { before, after, migration: { ...after, ...configured, apps } };
}

const isNothing = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);
