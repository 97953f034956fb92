import type { Migration, MigrationSwitch } from '../clients/migration.ts';

/** A switch in a few words: `cutover, 25 % of the people, from 2030-03-01T06:00:00.000Z, otherwise lazy`. */
export function switchText(one: MigrationSwitch): string {
  return [one.mode, ...limitsOf(one)].join(', ');
}

/** For whom and when a switch means what it says; nothing where it is for everybody and always. */
export function limitsOf({ percent, allow, deny, otherwise, startsAt, endsAt }: MigrationSwitch): string[] {
  const moment = (at: number) => new Date(at).toISOString();
  return [
    ...(percent === 100 ? [] : [`${percent} % of the people`]),
    ...(allow === undefined ? [] : [`allowed: ${someOf(allow)}`]),
    ...(deny === undefined ? [] : [`denied: ${someOf(deny)}`]),
    ...(startsAt === undefined ? [] : [`from ${moment(startsAt)}`]),
    ...(endsAt === undefined ? [] : [`until ${moment(endsAt)}`]),
    ...(otherwise === undefined ? [] : [`otherwise ${otherwise}`]),
  ];
}

/** The client's switch and those of its apps. */
export function switchesText(migration: Migration): string {
  const apps = Object.entries(migration.apps ?? {}).map(([app, one]) => `${app}: ${switchText(one)}`);
  return [switchText(migration), ...apps].join('; ');
}

const NAMED = 3;

function someOf(list: readonly string[]): string {
  const rest = list.length - NAMED;
  return [...list.slice(0, NAMED), ...(rest > 0 ? [`${rest} more`] : [])].join(' ');
}
