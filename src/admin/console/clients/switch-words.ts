import { type MigrationSwitch, type Mode, migrationSwitch } from '../../../clients/migration.ts';
import type { Figure } from '../../work/figures.ts';

/** What each mode does, in a sentence. */
export const MODE_SENTENCES: Readonly<Record<Mode, string>> = {
  off: 'The old table verifies and nobody is copied. What was captured waits.',
  shadow: 'The old table verifies. Each copy is tried and judged; nothing leaves the bridge.',
  lazy: 'The old table verifies. Whoever logs in is copied in the background.',
  cutover:
    'The new platform decides for whoever is across: the old password opens nothing. Others are copied.',
};

export const INHERIT_SENTENCE = 'No switch of its own: the client’s counts for this app again.';

const grouped = new Intl.NumberFormat('en');
const moment = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'short' });
const moments = (at: number) => `${moment.format(at)} UTC`;

/** Sentences of the work name moments as programs do. */
export const withMoments = (sentence: string) =>
  sentence.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, (text) => moments(Date.parse(text)));

/** `lazy for 25% of its people`, to stand after "is now". */
export function inWords(one: MigrationSwitch | undefined): string {
  if (one === undefined) return 'what the client’s switch says';
  const { mode, percent, allow = [], deny = [], startsAt, endsAt } = one;
  if (mode === 'off') return 'off';
  const whom =
    percent === 100
      ? 'for all of its people'
      : percent === 0
        ? `for ${count(allow.length, 'entry')} on its list alone`
        : `for ${percent}% of its people${allow.length > 0 ? ` and ${count(allow.length, 'entry')} on its list` : ''}`;
  const without = deny.length > 0 ? `, without ${count(deny.length, 'entry')}` : '';
  const from = startsAt === undefined ? '' : `, from ${moments(startsAt)}`;
  const until = endsAt === undefined ? '' : `, until ${moments(endsAt)}`;
  return `${mode} ${whom}${without}${from}${until}`;
}

/** The limits of a switch that is not for everybody, each a few words. */
export function limitsOf({ allow = [], deny = [], otherwise, startsAt, endsAt }: MigrationSwitch): string[] {
  return [
    ...(allow.length > 0 ? [`${grouped.format(allow.length)} always`] : []),
    ...(deny.length > 0 ? [`${grouped.format(deny.length)} never`] : []),
    ...(otherwise === undefined || otherwise === 'off' ? [] : [`others: ${otherwise}`]),
    ...(startsAt === undefined ? [] : [`from ${moments(startsAt)}`]),
    ...(endsAt === undefined ? [] : [`until ${moments(endsAt)}`]),
  ];
}

/** A switch as fields that a reader compares; undefined stays that. */
export function worded(one: MigrationSwitch | undefined, target?: string | null): object | undefined {
  if (one === undefined) return undefined;
  const { mode, percent, allow, deny, otherwise, startsAt, endsAt } = one;
  return {
    mode,
    share: `${percent}%`,
    'always meant': allow,
    'never meant': deny,
    'everybody else': otherwise,
    begins: startsAt && moments(startsAt),
    ends: endsAt && moments(endsAt),
    target,
  };
}

/** A side of a line of the audit trail about a switch; anything else stays as it is. */
export function wordedNote(value: unknown): unknown {
  const { app: _, target, forced, undo: __, ...rest } = Object(value) as Record<string, unknown>;
  const one = migrationSwitch.safeParse(rest).data;
  if (one !== undefined) return { ...worded(one, typeof target === 'string' ? target : undefined), forced };
  return Object.keys(rest).length === 0 ? undefined : value;
}

/** `≈ 1,284`, `1,284`; `–` where nothing says it. */
export function figured({ number, how }: Figure): string {
  if (number === null) return '–';
  return `${how === 'estimated' ? '≈ ' : ''}${grouped.format(number)}`;
}

/** `25% means ≈ 1,284 of 12,840 people.` */
export function shareInWords(percent: number, meant: Figure, everybody: Figure): string {
  if (everybody.number === null) return `${percent}%, by a bucket that each person keeps.`;
  const of = `${grouped.format(everybody.number)} ${everybody.number === 1 ? 'person' : 'people'}`;
  return meant.number === null ? `${percent}% of ${of}.` : `${percent}% means ${figured(meant)} of ${of}.`;
}

export const actorName = (actor: string) => actor.replace(/^admin:/, '');

const count = (number: number, one: string) =>
  `${grouped.format(number)} ${number === 1 ? one : `${one.slice(0, -1)}ies`}`;
