import { z } from 'zod';

/** A client's migration switch (docs/architecture.md, "Modes"). */
export const MODES = ['off', 'shadow', 'lazy', 'cutover'] as const;
export type Mode = (typeof MODES)[number];

export const mode = z.enum(MODES);

/** For whom the switch does not mean: nobody is cut over by being left out. */
export const OTHERWISE_MODES = ['off', 'shadow', 'lazy'] as const satisfies readonly Mode[];
export const otherwise = z.enum(OTHERWISE_MODES);

/** Lists are for the first people of a trial and for exceptions; every login reads them. */
const MAX_PEOPLE = 500;
const MAX_APPS = 200;

export const percent = z.int().min(0).max(100);

/** Who is meant by name: a legacy id, `DIRECTORY:ID`, or everybody with an e-mail address in `@example.com`. */
export const people = z.array(z.string().min(1).max(255)).max(MAX_PEOPLE).readonly();

/** An app behind a client, as the client names it. */
export const appName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'must be 1 to 64 letters, digits, dots, hyphens or underscores',
  );

/** Where somebody goes whose password lives at the new platform. */
export const movedUrl = z
  .url({ protocol: /^https?$/ })
  .max(2048)
  .describe('The new platform’s login page, for people whose password lives there by now.');

export const cutoverRules = z
  .strictObject({
    requireCleanShadow: z
      .boolean()
      .default(false)
      .describe('Refuses cutover until shadow is clean; else it only warns.'),
    shadowPeople: z
      .int()
      .min(1)
      .default(20)
      .describe('How many people shadow must have seen before it can be clean.'),
  })
  .describe('What has to be known before people are cut over.');

const switchShape = {
  mode,
  percent,
  allow: people.optional(),
  deny: people.optional(),
  otherwise: otherwise.optional(),
  startsAt: z.int().optional(),
  endsAt: z.int().optional(),
};

export const migrationSwitch = z.strictObject(switchShape);

/** As the store keeps it. */
export const storedMigration = z.strictObject({
  ...switchShape,
  target: z.string().optional(),
  movedUrl: movedUrl.optional(),
  cutover: cutoverRules.optional(),
  apps: z
    .record(appName, migrationSwitch)
    .refine((apps) => Object.keys(apps).length <= MAX_APPS, `at most ${MAX_APPS} apps`)
    .optional(),
});

/** One switch: of a client, or of an app behind it. */
export interface MigrationSwitch {
  readonly mode: Mode;
  /** How many of the people are meant, by a bucket that each person keeps. */
  readonly percent: number;
  /** People who are meant whatever the percentage; see `people`. */
  readonly allow?: readonly string[] | undefined;
  /** People who are not meant, whatever else says that they are. */
  readonly deny?: readonly string[] | undefined;
  /** The mode for who is not meant, and for everybody outside the time; `off` when absent. */
  readonly otherwise?: (typeof OTHERWISE_MODES)[number] | undefined;
  /** In milliseconds since 1970. */
  readonly startsAt?: number | undefined;
  readonly endsAt?: number | undefined;
}

export interface Migration extends MigrationSwitch {
  /** The name of a configured target; undefined: nothing is copied for this client. */
  readonly target: string | undefined;
  readonly movedUrl?: string | undefined;
  readonly cutover?: z.output<typeof cutoverRules> | undefined;
  /** Switches of apps behind the client; each stands for the client's own. */
  readonly apps?: Readonly<Record<string, MigrationSwitch>> | undefined;
}

/** The switch that counts for a login: the app's where it has one. */
export function switchFor(migration: Migration, app: string | undefined): MigrationSwitch {
  const own =
    app !== undefined && Object.hasOwn(migration.apps ?? {}, app) ? migration.apps?.[app] : undefined;
  return own ?? migration;
}

/**
 * Whether what was captured for this client goes on to the target: one of its switches copies people there. Limits of
 * percentage, lists and time decide about captures, not about what was captured already.
 */
export function copiesTo(migration: Migration, target: string): boolean {
  const switches = [migration, ...Object.values(migration.apps ?? {})];
  return migration.target === target && switches.some((one) => copies(one.mode) || copies(one.otherwise));
}

/** Whether some of the logins at this client ask the target for passwords. */
export function cutsOver(migration: Migration, target: string): boolean {
  const switches = [migration, ...Object.values(migration.apps ?? {})];
  return migration.target === target && switches.some(({ mode }) => mode === 'cutover');
}

/**
 * Whether nobody's login asks the legacy table any more: every switch, those of apps too, is `cutover` to this target, for
 * everybody, from now on and for good.
 *
 * @param now milliseconds since 1970
 */
export function isCutOverForAll(migration: Migration, target: string, now: number): boolean {
  const switches = [migration, ...Object.values(migration.apps ?? {})];
  return (
    migration.target === target &&
    switches.every(
      ({ mode, percent, deny = [], startsAt = 0, endsAt }) =>
        mode === 'cutover' && percent === 100 && deny.length === 0 && startsAt <= now && endsAt === undefined,
    )
  );
}

const copies = (mode: Mode | undefined) => mode === 'lazy' || mode === 'cutover';
