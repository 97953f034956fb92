import { z } from 'zod';
import { appName, type MigrationSwitch, MODES, otherwise, percent } from '../../../clients/migration.ts';
import type { Figure } from '../../work/figures.ts';
import type { createSwitchWork, WantedSwitch } from '../../work/switches.ts';
import { INHERIT_SENTENCE, MODE_SENTENCES, shareInWords } from './switch-words.ts';

/** A client without a target, in a field that says which; no target has such a name. */
const NO_TARGET = '-';

const whole = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number);
/** As `datetime-local` sends it, in UTC: without a script nobody knows the reader's zone. */
const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/, 'must be a date and a time')
  .transform((text) => Date.parse(`${text}Z`))
  .refine((at) => !Number.isNaN(at), 'is no date that there is');

export const undoForm = z.object({ app: appName.optional(), version: whole });

/** Every field of a switch; one that is empty is a limit that is taken away. */
export const switchForm = z.object({
  app: appName.optional(),
  mode: z.enum([...MODES, 'inherit'], 'choose one of the modes'),
  percent: whole.pipe(percent).optional(),
  allow: z.string().optional(),
  deny: z.string().optional(),
  otherwise: otherwise.optional(),
  startsAt: moment.optional(),
  endsAt: moment.optional(),
  target: z.string().max(61).optional(),
  force: z.literal('yes').optional(),
  version: whole,
});
export type SwitchForm = z.output<typeof switchForm>;

/** What the form means to the work. */
export function wantedOf(sent: SwitchForm): WantedSwitch {
  const { mode, app, target } = sent;
  if (mode === 'inherit') return { mode, app };
  return {
    mode,
    app,
    percent: sent.percent,
    allow: entriesOf(sent.allow),
    deny: entriesOf(sent.deny),
    otherwise: sent.otherwise === 'off' ? null : (sent.otherwise ?? null),
    startsAt: sent.startsAt ?? null,
    endsAt: sent.endsAt ?? null,
    ...(target === undefined ? {} : { target: target === NO_TARGET ? null : target }),
    ...(sent.force === undefined ? {} : { force: true }),
  };
}

/** The same as hidden fields of the form that does it. */
export function hiddenFields(wanted: WantedSwitch, version: number): Record<string, string> {
  const { mode, app, target } = wanted;
  const limits = mode === 'inherit' ? {} : fieldsOf(wanted);
  const fields = {
    ...limits,
    mode,
    app,
    target: target === null ? NO_TARGET : target,
    version: String(version),
  };
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string] => (field[1] ?? '') !== ''),
  );
}

type Look = Awaited<ReturnType<ReturnType<typeof createSwitchWork>['look']>>;

interface SwitchShown {
  readonly app?: string | undefined;
  /** As it was typed; else it is shown as it is. */
  readonly wanted?: WantedSwitch | undefined;
  /** Whom `wanted` means. */
  readonly meant?: Figure;
  /** The client's own, of an app that has none yet. */
  readonly inherited?: MigrationSwitch | undefined;
}

/** What the form of a switch shows: its fields, and what each mode does. */
export function switchFormData(
  { metadata, targets }: { metadata: { client_id: string; origin: string }; targets: readonly string[] },
  look: Look,
  { app, wanted, inherited, meant = look.people.meant }: SwitchShown,
) {
  const { version, own } = look;
  const { everybody } = look.people;
  const fields = fieldsOf({ ...UNSET, ...(own ?? inherited), ...wanted });
  const canChangeTarget = app === undefined && metadata.origin === 'admin' && targets.length > 0;
  // Another target might honour what this one cannot.
  const isSettled = !canChangeTarget || targets.every((name) => name === look.target);
  return {
    ...fields,
    app,
    version,
    shareInWords: shareInWords(Number(fields.percent), meant, everybody),
    everybody: everybody.number,
    limited: [fields.allow, fields.deny, fields.startsAt, fields.endsAt].some((text) => text !== ''),
    target: (wanted?.target === undefined ? look.target : wanted.target) ?? NO_TARGET,
    targets: canChangeTarget
      ? [{ value: NO_TARGET, label: 'None: nobody is copied' }, ...targets.map(asOption)]
      : [],
    choices: [
      ...look.choices.map(({ mode, refusal }) => ({
        mode,
        sentence: MODE_SENTENCES[mode],
        reason: refusal?.sentence,
        disabled: refusal?.code === 'cannot_be_honoured' && isSettled && mode !== fields.mode,
      })),
      ...(app === undefined || own === undefined ? [] : [INHERIT]),
    ],
  };
}

const UNSET: MigrationSwitch = { mode: 'off', percent: 100 };
const INHERIT = { mode: 'inherit', sentence: INHERIT_SENTENCE, reason: undefined, disabled: false } as const;

type Shown = Omit<WantedSwitch, 'app' | 'target' | 'force'>;

const fieldsOf = ({
  mode,
  percent: share,
  allow = [],
  deny = [],
  startsAt,
  endsAt,
  otherwise: rest,
}: Shown) => ({
  mode,
  percent: String(share ?? 100),
  allow: allow.join('\n'),
  deny: deny.join('\n'),
  otherwise: rest ?? 'off',
  startsAt: fieldOf(startsAt) ?? '',
  endsAt: fieldOf(endsAt) ?? '',
});

const asOption = (name: string) => ({ value: name, label: name });

function entriesOf(text = ''): string[] {
  const entries = text.split(/[\n,]/).map((entry) => entry.trim());
  return [...new Set(entries.filter((entry) => entry !== ''))];
}

function fieldOf(at: number | null | undefined): string | undefined {
  if (at === null || at === undefined) return undefined;
  const text = new Date(at).toISOString();
  return at % 1000 === 0 ? text.slice(0, at % 60_000 === 0 ? 16 : 19) : text.slice(0, -1);
}
