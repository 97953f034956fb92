import type { KnownLayout } from '../known-layout.ts';
import { findTable } from './find-table.ts';

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
    const isOld = seen(/^[0-9a-f]{32}$/) && !seen(/^\$/);
    return {
      legacy: {
        table: table.name,
        id: 'id',
        login: ['username'],
        match: 'case-insensitive',
        updatedAt: 'timemodified',
        password: isOld
          ? // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the configuration
            { column: 'password', scheme: 'moodle', pepper: '${MOODLE_PASSWORDSALTMAIN}' }
          : { column: 'password', scheme: 'auto' },
        status: {
          active:
            "confirmed = 1 AND deleted = 0 AND suspended = 0 AND auth <> 'nologin' AND username <> 'guest'",
        },
        profile: {
          preferred_username: 'username',
          email: 'email',
          given_name: 'firstname',
          family_name: 'lastname',
          locale: 'lang',
        },
      },
      notes: [
        'Moodle writes user names in small letters and takes them in whatever case.',
        'Nobody logs in who is not confirmed, is deleted or suspended, or whose auth is nologin; neither does the guest, ' +
          'whose password everybody knows. People of other auth plug-ins (ldap, oauth2) have no password here.',
        'confirmed is 1 for whoever an administrator added, so it does not mean a confirmed address.',
        'Values of 32 hexadecimal digits are of before Moodle 2.5 and need passwordsaltmain of config.php: scheme moodle ' +
          'with that as its pepper. They are not verified by auto.',
      ],
    };
  },
};
