import type { DemoBridge } from './bridge.ts';
import type { Person } from './people.ts';

/** What the terminal says once the house is open: where to go, and whom to log in as. */
export function invitation(
  people: readonly Person[],
  platformOrigin: string,
  { origin, adminLink }: Pick<DemoBridge, 'origin' | 'adminLink'>,
  folder: string | undefined,
): string {
  const [logins, schemes] = [people.map(({ login }) => login), people.map(({ scheme }) => scheme)];
  const pad = (text: string, all: readonly string[]) =>
    text.padEnd(Math.max(...all.map(({ length }) => length)) + 2);
  // Passwords come last: some have characters that a terminal draws two columns wide.
  const table = [
    `  ${pad('log in as', logins)}${pad('hashed with', schemes)}password`,
    ...people.map(
      ({ login, scheme, password }) => `  ${pad(login, logins)}${pad(scheme, schemes)}${password}`,
    ),
  ];
  return [
    '',
    `  Start here    ${platformOrigin}   the new platform; its page tells the story`,
    `  The bridge    ${origin}   in front of the legacy table`,
    ...(adminLink === undefined ? [] : [`  The console   ${adminLink.href}   for one admin, once`]),
    '',
    ...table,
    '',
    '  1  Log in through the bridge.',
    '  2  Watch the copy arrive.',
    '  3  Log in again with the same password, at the new platform alone.',
    '  4  See in the console who is across; turn the switch, and undo it.',
    '',
    folder === undefined
      ? '  Ctrl-C ends the demo and removes all of it.'
      : `  Ctrl-C ends the demo; its databases stay in ${folder}.`,
    '',
  ].join('\n');
}
