import type { KnownLayout, LayoutTable } from '../known-layout.ts';
import { findTable, firstColumn } from './find-table.ts';

const identity: KnownLayout = {
  software: 'ASP.NET Identity',
  versions: '2 (EF 6) and ASP.NET Core Identity, with the providers for MySQL and PostgreSQL',

  match: (tables) =>
    findTable(tables, {
      called: 'AspNetUsers',
      columns: [
        'Id',
        'UserName',
        'Email',
        'EmailConfirmed',
        'PasswordHash',
        'SecurityStamp',
        'LockoutEnabled',
      ],
    }),

  legacy: ({ table }) => {
    const lockout = firstColumn(table, 'LockoutEnd', 'LockoutEndDateUtc');
    return {
      legacy: {
        table: table.name,
        id: 'Id',
        login: [firstColumn(table, 'NormalizedUserName') ?? 'UserName'],
        match: 'case-insensitive',
        password: { column: 'PasswordHash', scheme: 'auto' },
        ...(lockout === undefined ? {} : { status: { lockedUntil: lockout } }),
        profile: {
          preferred_username: 'UserName',
          email: 'Email',
          email_verified: 'EmailConfirmed',
          phone_number: 'PhoneNumber',
          phone_number_verified: 'PhoneNumberConfirmed',
        },
      },
      notes: [
        'ASP.NET Identity looks people up by the user name in capitals; with its usual pages that is the e-mail address.',
        'Whoever is locked out does not log in until that moment has passed; a year such as 9999 means for good.',
        'Where the application sets RequireConfirmedAccount, add status.column: EmailConfirmed with active: [1].',
      ],
    };
  },
};

/**
 * What the membership tables and those of MySQL.Web have in common, once a view has joined them.
 *
 * @param hashed the schemes of PasswordFormat 1, which differ in length
 */
const membershipLegacy = (view: string, hashed: readonly string[]) => ({
  table: view,
  id: 'UserId',
  login: ['UserName'],
  match: 'case-insensitive',
  password: {
    column: 'Password',
    scheme: {
      column: 'PasswordFormat',
      map: { 0: 'plaintext', 1: hashed },
    },
    salt: 'PasswordSalt',
  },
  status: { active: 'IsApproved = 1 AND IsLockedOut = 0' },
  profile: { preferred_username: 'UserName', email: 'Email' },
});

const NOTES = [
  'User names and passwords are in two tables: the view joins them.',
  'PasswordFormat 1 is hashed, with SHA-1 by default and HMAC-SHA-256 since .NET 4 (the length tells), 0 is plain text; ' +
    '2 is encrypted with the machine key and cannot be verified.',
  'IsApproved says that an administrator or the application let the person in, not that the address was confirmed.',
  'A user name is unique for one application: where several share the tables, add a condition such as ' +
    "where: ApplicationId = '...', or nobody whose name occurs twice can log in.",
];

const membership: KnownLayout = {
  software: 'ASP.NET Membership',
  versions: '2.0 to 4.x, tables taken over from SQL Server',

  match: (tables) =>
    findTable(tables, {
      called: 'aspnet_Membership',
      columns: ['UserId', 'Password', 'PasswordFormat', 'PasswordSalt', 'IsApproved', 'IsLockedOut'],
      beside: { aspnet_Users: ['UserId', 'UserName', 'LoweredUserName'] },
    }),

  legacy: ({ table, prefix, beside }) => {
    const name = `${prefix}footbridge_users`;
    return {
      legacy: membershipLegacy(name, ['aspnet-membership-sha1', 'aspnet-membership-hmacsha256']),
      notes: NOTES,
      view: {
        name,
        from: { UserName: { table: besideName(beside, 'aspnet_Users'), column: 'UserName' } },
        sql:
          `CREATE VIEW \`${name}\` AS SELECT m.UserId, u.UserName, m.Password, m.PasswordFormat, m.PasswordSalt, ` +
          `m.Email, m.IsApproved, m.IsLockedOut, u.ApplicationId FROM \`${table.name}\` m ` +
          `JOIN \`${besideName(beside, 'aspnet_Users')}\` u ON u.UserId = m.UserId;`,
      },
    };
  },
};

const membershipOfMysql: KnownLayout = {
  software: 'ASP.NET Membership (MySQL.Web)',
  versions: 'MySQL Connector/NET 6 and later',

  match: (tables) =>
    findTable(tables, {
      called: 'my_aspnet_membership',
      columns: ['userId', 'Password', 'PasswordKey', 'PasswordFormat', 'IsApproved', 'IsLockedOut'],
      beside: { my_aspnet_users: ['id', 'applicationId', 'name'] },
    }),

  legacy: ({ table, prefix, beside }) => {
    const name = `${prefix}footbridge_users`;
    return {
      legacy: membershipLegacy(name, ['aspnet-membership-sha1', 'aspnet-membership-mysql']),
      notes: [
        ...NOTES,
        'MySQL.Web mixes the key in twice when it uses HMAC: the scheme aspnet-membership-mysql.',
      ],
      view: {
        name,
        from: {
          UserName: { table: besideName(beside, 'my_aspnet_users'), column: 'name' },
          PasswordSalt: { table: table.name, column: 'PasswordKey' },
        },
        sql:
          `CREATE VIEW \`${name}\` AS SELECT m.userId AS UserId, u.name AS UserName, m.Password, m.PasswordFormat, ` +
          `m.PasswordKey AS PasswordSalt, m.Email, m.IsApproved, m.IsLockedOut, u.applicationId AS ApplicationId FROM \`${table.name}\` m ` +
          `JOIN \`${besideName(beside, 'my_aspnet_users')}\` u ON u.id = m.userId;`,
      },
    };
  },
};

const besideName = (beside: Readonly<Record<string, LayoutTable>>, called: string) =>
  beside[called]?.name ?? called;

export const aspnet: readonly KnownLayout[] = [identity, membership, membershipOfMysql];
