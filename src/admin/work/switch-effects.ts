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

export interface TurnedForLogins {
  readonly app: string | undefined;
  readonly before: MigrationSwitch;
  readonly after: MigrationSwitch;
  readonly target: string | undefined;
  readonly movedUrl: string | undefined;
  /** Whether the target can say if a password is right. */
  readonly verifies: boolean;
  readonly everybody: Figure;
  /** Whom the switch means afterwards. */
  readonly meant: Figure;
  /** Another target than before: who is across there, and who was, need not be the same. */
  readonly isElsewhere: boolean;
  /** For whom the target decides, before and after. */
  readonly decided: { readonly before: Figure; readonly after: Figure };
}

/** What the next logins mean, once the switch is on. */
export function effectsOnLogins(turned: TurnedForLogins): SwitchEffect[] {
  const { app, before, after, everybody, meant } = turned;
  const inApp = app === undefined ? '' : ` at app "${app}"`;
  const say = (kind: SwitchEffect['kind'], people: Figure, what: string): SwitchEffect => ({
    kind,
    people,
    sentence: `${inWordsFirst(people)} ${what}`,
  });
  const otherwise = after.otherwise ?? 'off';
  const leavesOut = !isForAll(after) && (after.mode !== 'off' || otherwise !== 'off');
  const back = before.mode === 'cutover' ? whoGoesBack(turned) : counted(0);
  return [
    ...byMode(turned, inApp, say),
    ...(back.number === 0
      ? []
      : [
          say(
            'verified-by-legacy',
            back,
            `will be verified by the old table again${inApp}, whatever they changed at the target since.`,
          ),
        ]),
    ...(leavesOut
      ? [
          say(
            'left-out',
            difference(everybody, meant),
            `will be left out: for them the mode is "${otherwise}".`,
          ),
        ]
      : []),
  ];
}

function byMode(
  { after, target, movedUrl, verifies, meant, decided }: TurnedForLogins,
  inApp: string,
  say: (kind: SwitchEffect['kind'], people: Figure, what: string) => SwitchEffect,
): SwitchEffect[] {
  switch (after.mode) {
    case 'off':
      return [];
    case 'shadow':
      return [
        say('watched', meant, `will be looked at when they log in${inApp}; nothing leaves the bridge.`),
      ];
    case 'lazy':
      return [say('captured', meant, `will be copied to "${target}" when they have logged in${inApp}.`)];
    case 'cutover':
      return [
        say(
          'captured',
          meant,
          `will be meant${inApp}; whoever is not at "${target}" yet is copied first, after the next login.`,
        ),
        verifies
          ? say(
              'verified-at-target',
              decided.after,
              `will be verified at "${target}"${inApp}: the old password opens nothing.`,
            )
          : say(
              'moved',
              decided.after,
              `will be told${inApp} to log in at ${movedUrl ?? 'the new platform'}: the old password opens nothing.`,
            ),
      ];
  }
}

function whoGoesBack({ decided: { before, after }, isElsewhere }: TurnedForLogins): Figure {
  if (!isElsewhere) return difference(before, after);
  return after.number === 0 ? before : UNKNOWN;
}

const isForAll = ({ percent, deny = [] }: MigrationSwitch) => percent === 100 && deny.length === 0;

/** As well known as the two are; never less than nobody. */
function difference(all: Figure, some: Figure): Figure {
  if (all.number === null || some.number === null) return UNKNOWN;
  const rest = Math.max(0, all.number - some.number);
  return all.how === 'counted' && some.how === 'counted' ? counted(rest) : estimated(rest);
}
