import type { DecommissionReport, PersonStanding, ReportGroup } from './report.ts';
import { KEPT_OUT } from './report.ts';

/** What would no longer work if the legacy table were switched off now, the worst first. */
export function whatBreaks(
  groups: readonly ReportGroup[],
  clients: DecommissionReport['clients'],
  target: string,
): string[] {
  const count = (which: (group: ReportGroup) => boolean) =>
    groups.filter(which).reduce((sum, { people }) => sum + people, 0);
  const of = (...standings: PersonStanding[]) => count(({ standing }) => standings.includes(standing));
  const active = count(({ standing, lastLogin }) => KEPT_OUT.includes(standing) && lastLogin === '30 days');
  const sentences: readonly (readonly [people: number, sentence: string])[] = [
    [active, 'logged in within 30 days, and could not log in with the password of today.'],
    [of('waiting'), 'captured and not copied yet; start the courier, or wait.'],
    [of('needs-admin'), 'waiting for an admin; "footbridge status" says why and what to do.'],
    [of('password-changed'), 'changed the password in legacy after the copy; the target has the older one.'],
    [of('without-password'), 'across without a password, and would have to set a new one.'],
    [of('stale', 'gone'), 'to log in once more before they can be copied.'],
    [of('not-captured'), `logged in and not captured for ${target}; look at the modes and percentages.`],
    [of('never-seen'), 'never logged in at the bridge; only a backfill or a new password brings them.'],
    [
      count(({ standing, unverifiable }) => KEPT_OUT.includes(standing) && unverifiable),
      'among these, with a password that no scheme reads; they cannot log in today either.',
    ],
  ];
  const people = (number: number) => `${number.toLocaleString('en')} ${number === 1 ? 'person' : 'people'}`;
  return [
    ...clients
      .filter(({ needsLegacy }) => needsLegacy)
      .map(
        ({ client_id, mode }) =>
          `People could not log in at ${client_id}: in mode ${mode} passwords are still verified against the legacy table, at least for some people or apps.`,
      ),
    ...sentences
      .filter(([number]) => number > 0)
      .map(([number, sentence]) => `${people(number)}: ${sentence}`),
  ];
}
