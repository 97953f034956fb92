import { copiesTo, type Migration, type MigrationSwitch } from '../../clients/migration.ts';
import type { LedgerState } from '../../ledger/ledger.ts';
import type { TargetFigure } from '../../ledger/target-people.ts';
import { counted, estimated, type Figure, inWords, inWordsFirst, UNKNOWN } from './figures.ts';

export const EFFECTS = [
  'sent',
  'goes-on',
  'held',
  'stays-held',
  'waits-for-admin',
  'captured',
  'watched',
  'verified-at-target',
  'moved',
  'verified-by-legacy',
  'left-out',
] as const;

/** One thing that a change of a switch means for people who are there already, or come. */
export interface SwitchEffect {
  readonly kind: (typeof EFFECTS)[number];
  readonly people: Figure;
  readonly sentence: string;
}

const WAITING: readonly LedgerState[] = ['captured', 'copying', 'retrying'];
const FAILED: readonly LedgerState[] = ['parked', 'conflict'];

/** What becomes of the rows that this client's logins brought into the ledger. */
export function effectsOnRows(
  clientId: string,
  before: Migration,
  after: Migration,
  figures: readonly TargetFigure[],
): SwitchEffect[] {
  const sum = (target: string, states: readonly LedgerState[]) =>
    counted(
      figures
        .filter((one) => one.clientId === clientId && one.target === target && states.includes(one.state))
        .reduce((all, { people }) => all + people, 0),
    );
  const targets = [...new Set([before.target, after.target])].filter((one) => one !== undefined);
  return targets.flatMap((target): SwitchEffect[] => {
    const [waiting, failed] = [sum(target, WAITING), sum(target, FAILED)];
    const kind = kindOfWaiting(copiesTo(before, target), copiesTo(after, target));
    return [
      ...(waiting.number === 0
        ? []
        : [{ kind, people: waiting, sentence: `${rows(waiting)} ${WHAT_WAITS[kind](target)}` }]),
      ...(failed.number === 0
        ? []
        : [
            {
              kind: 'waits-for-admin' as const,
              people: failed,
              sentence: `${inWordsFirst(failed)} could not be copied to "${target}": an admin has to look, whatever the switch says.`,
            },
          ]),
    ];
  });
}

function kindOfWaiting(did: boolean, does: boolean): keyof typeof WHAT_WAITS {
  if (does) return did ? 'goes-on' : 'sent';
  return did ? 'held' : 'stays-held';
}

const WHAT_WAITS = {
  sent: (target: string) => `for "${target}" and will be sent.`,
  'goes-on': (target: string) => `for "${target}" and will be sent as before.`,
  held: (target: string) => `for "${target}" and will be held, sealed, until a switch copies again.`,
  'stays-held': (target: string) => `for "${target}" and will go on being held.`,
} as const;

const rows = ({ number }: Figure) =>
  number === 1 ? '1 row waits' : `${inWords(counted(number ?? 0)).split(' ')[0]} rows wait`;

/** What the next logins mean, once the switch is on. */
export function effectsOnLogins(
  switches: { readonly before: MigrationSwitch; readonly after: MigrationSwitch },
  people: {
    readonly everybody: Figure;
    readonly meant: Figure;
    readonly acrossBefore: Figure;
    readonly across: Figure;
  },
  { target, movedUrl }: Pick<Migration, 'target' | 'movedUrl'>,
  verifies: boolean,
): SwitchEffect[] {
  const effects: SwitchEffect[] = [];
  const add = (kind: SwitchEffect['kind'], figure: Figure, what: string) =>
    effects.push({ kind, people: figure, sentence: `${inWordsFirst(figure)} ${what}` });
  const { mode } = switches.after;
  if (mode === 'shadow')
    add('watched', people.meant, 'will be looked at when they log in; nothing leaves the bridge.');
  if (mode === 'lazy')
    add('captured', people.meant, `will be copied to "${target}" when they have logged in.`);
  if (mode === 'cutover') {
    add(
      'captured',
      people.meant,
      `will be meant; whoever is not at "${target}" yet is copied first, after the next login.`,
    );
    if (verifies)
      add(
        'verified-at-target',
        people.across,
        `will be verified at "${target}": the old password opens nothing.`,
      );
    else
      add(
        'moved',
        people.across,
        `will be told to log in at ${movedUrl ?? 'the new platform'}: the old password opens nothing.`,
      );
  }
  if (switches.before.mode === 'cutover' && mode !== 'cutover' && people.acrossBefore.number !== 0) {
    add(
      'verified-by-legacy',
      people.acrossBefore,
      'will be verified by the old table again, whatever they changed at the target since.',
    );
  }
  if (mode !== 'off' && !isForAll(switches.after)) {
    const otherwise = switches.after.otherwise ?? 'off';
    add(
      'left-out',
      difference(people.everybody, people.meant),
      `will be left out: for them the mode is "${otherwise}".`,
    );
  }
  return effects;
}

const isForAll = ({ percent, deny = [] }: MigrationSwitch) => percent === 100 && deny.length === 0;

function difference(all: Figure, some: Figure): Figure {
  if (all.number === null || some.number === null) return UNKNOWN;
  return estimated(Math.max(0, all.number - some.number));
}
