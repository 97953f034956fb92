import { z } from 'zod';
import { BridgeError } from '../domain/errors.ts';
import type { SwitchChange, TurnedSwitch } from './clients.ts';
import {
  type Migration,
  type MigrationSwitch,
  type Mode,
  migrationSwitch,
  storedMigration,
} from './migration.ts';

const UNSET: MigrationSwitch = { mode: 'off', percent: 100 };

/** @throws BridgeError `invalid_request` for a limit that is none, and for an app with a target */
export function turnedSwitch(
  migration: Migration,
  mode: Mode,
  { app, force: _, version: __, target, ...limits }: SwitchChange,
): TurnedSwitch {
  if (app !== undefined && target !== undefined) {
    throw new BridgeError(
      'invalid_request',
      'All apps behind a client are copied to its target: an app has none.',
    );
  }
  const before = switchOf(migration, app);
  const wanted = Object.entries(limits).filter(([, value]) => value !== undefined);
  const next = Object.entries({ ...(before ?? UNSET), ...Object.fromEntries(wanted), mode });
  const { data: after, error } = migrationSwitch.safeParse(
    Object.fromEntries(next.filter(([, value]) => !isNothing(value))),
  );
  if (after === undefined) throw cannotTurn(error);
  const turned = target === undefined ? migration : { ...migration, target: target ?? undefined };
  return { before, after, migration: withSwitch(turned, app, after) };
}

/** The client's own switch, or an app's where it has one. */
export function switchOf(
  { target: _, movedUrl: __, cutover: ___, apps, ...own }: Migration,
  app: string | undefined,
): MigrationSwitch | undefined {
  if (app === undefined) return own;
  return Object.hasOwn(apps ?? {}, app) ? apps?.[app] : undefined;
}

/**
 * @param one undefined: the app has no switch of its own
 * @throws BridgeError `invalid_request` for an app with an impossible name, and one too many
 */
export function withSwitch(
  migration: Migration,
  app: string | undefined,
  one: MigrationSwitch | undefined,
): Migration {
  const { target, movedUrl, cutover, apps = {} } = migration;
  if (app === undefined) return { ...(one ?? UNSET), target, movedUrl, cutover, apps: migration.apps };
  const { [app]: _, ...others } = apps;
  const next = { ...migration, apps: one === undefined ? others : { ...others, [app]: one } };
  const { error } = storedMigration.safeParse(next);
  if (error !== undefined) throw cannotTurn(error);
  return next;
}

const cannotTurn = (error: z.ZodError) =>
  new BridgeError('invalid_request', `The switch cannot be turned so:\n${z.prettifyError(error)}`);

const isNothing = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);
