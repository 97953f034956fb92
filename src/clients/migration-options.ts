import { z } from 'zod';
import {
  appName,
  cutoverRules,
  type Migration,
  type MigrationSwitch,
  mode,
  movedUrl,
  otherwise,
  people,
  percent,
} from './migration.ts';

const moment = z.iso.datetime({ offset: true });

const switchShape = {
  mode: mode.default('off'),
  percent: percent
    .default(100)
    .describe('How many of the people are meant; each stays in or out, and more only adds to them.'),
  allow: people
    .optional()
    .describe('Who is meant whatever the percentage: legacy ids, DIRECTORY:ID, or @example.com.'),
  deny: people.optional().describe('Who is not meant, whatever else says so. Spelt like allow.'),
  otherwise: otherwise
    .optional()
    .describe('The mode for everybody whom this switch leaves out; off by default.'),
  from: moment.optional().describe('When the mode begins, e.g. 2030-03-01T06:00:00+01:00.'),
  until: moment.optional().describe('When the mode ends.'),
};

const switchOptions = z.strictObject(switchShape);

/** The `migration` block of a configured client. */
export const migrationOptions = z
  .strictObject({
    ...switchShape,
    target: z.string().optional(),
    movedUrl: movedUrl.optional(),
    cutover: cutoverRules.optional(),
    apps: z
      .record(appName, switchOptions)
      .optional()
      .describe(
        'Switches of apps behind the client, by the name that oidc.app reads; each stands for the client’s.',
      ),
  })
  .superRefine((migration, context) => {
    const switches = [
      { path: [] as string[], one: migration as z.output<typeof switchOptions> },
      ...Object.entries(migration.apps ?? {}).map(([name, one]) => ({ path: ['apps', name], one })),
    ];
    for (const { path, one } of switches) {
      const copying = [one.mode, one.otherwise ?? 'off'].find((name) => name !== 'off');
      if (copying !== undefined && migration.target === undefined) {
        const message = `mode ${copying} needs a target to copy people to`;
        context.addIssue({ code: 'custom', path: ['target'], message });
      }
      if (
        one.from !== undefined &&
        one.until !== undefined &&
        Date.parse(one.from) >= Date.parse(one.until)
      ) {
        context.addIssue({ code: 'custom', path: [...path, 'until'], message: 'must be later than from' });
      }
    }
  })
  .transform(asMigration)
  .describe(
    'Target, movedUrl and cutover count always; the switches only begin so, and live in the store then.',
  );

function asMigration({ apps, target, movedUrl, cutover, ...own }: Raw): Migration {
  return {
    ...asSwitch(own),
    target,
    ...(movedUrl === undefined ? {} : { movedUrl }),
    ...(cutover === undefined ? {} : { cutover }),
    ...(apps === undefined
      ? {}
      : { apps: Object.fromEntries(Object.entries(apps).map(([name, one]) => [name, asSwitch(one)])) }),
  };
}

type RawSwitch = z.output<typeof switchOptions>;
type Raw = RawSwitch &
  Partial<Pick<Migration, 'target' | 'movedUrl' | 'cutover'>> & {
    apps?: Record<string, RawSwitch> | undefined;
  };

function asSwitch({ from, until, ...own }: RawSwitch): MigrationSwitch {
  return {
    ...own,
    ...(from === undefined ? {} : { startsAt: Date.parse(from) }),
    ...(until === undefined ? {} : { endsAt: Date.parse(until) }),
  };
}
