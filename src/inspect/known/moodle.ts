import type { KnownLayout, PeopleTerms } from '../known-layout.ts';
import { whereOf } from '../people.ts';
import { findTable } from './find-table.ts';

const PEOPLE: PeopleTerms = [
  ['deleted', '=', 0],
  ['mnethostid', '=', 1],
  ['username', '<>', 'guest'],
];

export const moodle: KnownLayout = {
  software: 'Moodle',
  versions: '2.0 and later',

  match: (tables) =>
    findTable(tables, {
      called: 'user',
      columns: [
        'id',
        'auth',
        'confirmed',
        'deleted',
        'suspended',
        'mnethostid',
        'username',
        'password',
        'firstname',
      ],
    }),

  legacy: ({ table }, seen) => {
    const hasOld = seen(/^[0-9a-f]{32}$/);
    return {
      legacy: {
        table: table.name,
        id: 'id',
        login: ['username'],
        match: 'case-insensitive',
        updatedAt: 'timemodified',
        password: hasOld
          ? // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the configuration
            { column: 'password', scheme: ['auto', 'moodle'], pepper: '${MOODLE_PASSWORDSALTMAIN}' }
          : { column: 'password', scheme: 'auto' },
        where: whereOf(PEOPLE),
        status: { active: "confirmed = 1 AND suspended = 0 AND auth <> 'nologin'" },
        profile: {
          preferred_username: 'username',
          email: 'email',
          given_name: 'firstname',
          family_name: 'lastname',
          locale: 'lang',
        },
      },
      people: PEOPLE,
      notes: [
        'Moodle writes user names in small letters and takes them in whatever case.',
        'Nobody logs in who is not confirmed or is suspended, or whose auth is nologin. Deleted people and those of other ' +
          'Moodles on the network (mnethostid) are nobody here, and neither is the guest, whose password everybody ' +
          'knows. People of other auth plug-ins (ldap, oauth2) have no password here.',
        'confirmed is 1 for whoever an administrator added, so it does not mean a confirmed address.',
        'Values of 32 hexadecimal digits are of before Moodle 2.5 and need passwordsaltmain of config.php: the scheme ' +
          'moodle with that as its pepper.',
      ],
    };
  },
};
