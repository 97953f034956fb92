import type { createSwitchWork } from '../../work/switches.ts';

type Shadow = Awaited<ReturnType<ReturnType<typeof createSwitchWork>['shadow']>>;

/** What each problem is, and what to do about it. */
const PROBLEMS: Readonly<Record<Shadow['groups'][number]['problem'], { title: string; remedy: string }>> = {
  conflict: {
    title: 'Somebody else is in the way',
    remedy:
      'Open one of these people. Either remove the stranger at the target, or change what is unique in the old table.',
  },
  rejected: {
    title: 'The target refuses the copy',
    remedy: 'Mend the value in the old table, or change the mapping in the configuration so that it fits.',
  },
  mismatch: {
    title: 'The new hash does not open',
    remedy:
      'Do not go on: the password arrives changed. The table of rehashes says which scheme and which passwords.',
  },
  lossy: {
    title: 'The old scheme reads only a part of the password',
    remedy:
      'Nothing to mend here: these people are not copied, and choose a new password at the new platform.',
  },
};

const TRAITS: Readonly<Record<Shadow['rehashes'][number]['trait'], string>> = {
  any: 'all passwords',
  'non-ascii': 'beyond ASCII',
  'over-72-bytes': 'over 72 bytes',
  'outer-blanks': 'blanks at an end',
};

/** What shadow has found out, with what to do about each. */
export function findingsOf(shadow: Shadow) {
  return {
    ...shadow,
    groups: shadow.groups.map((group) => ({
      ...group,
      ...PROBLEMS[group.problem],
      examples: group.examples.map(({ directory, legacyId }) => ({
        label: `${directory}:${legacyId}`,
        href: `/people/${encodeURIComponent(directory)}/${encodeURIComponent(legacyId)}`,
      })),
    })),
    rehashes: shadow.rehashes.map((one) => ({ ...one, passwords: TRAITS[one.trait] })),
  };
}
