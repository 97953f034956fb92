/**
 * How tables call what the bridge needs, in the languages of the tables that people bring. Names are compared in lower
 * case without separators and without the prefixes of `simpleName`; the earlier a word stands, the better it fits.
 */
export const VOCABULARY = {
  password: [
    'passwordhash password passwd pwd pass pwhash passhash hashedpassword encryptedpassword cryptedpassword',
    'passworddigest encpassword userpass userpassword passwort kennwort passwordmd5 passmd5 pw pword motdepasse mdp',
    'contrasena clave senha wachtwoord haslo parola heslo jelszo secret hash mima credential',
  ],
  salt: ['salt passwordsalt passsalt passwordsalz salz pwdsalt pwsalt hashsalt memberpasssalt sel sal zout'],
  username: [
    'username userlogin login loginname nickname nick uname benutzername anmeldename account accountname handle',
    'userid nutzername identifiant pseudo usuario nomeutente gebruikersnaam membername screenname uid user name',
  ],
  email: [
    'email emailaddress mail usermail useremail mailaddress eposta courriel correo emailadresse emailcanonical',
  ],
  updatedAt: [
    'updatedat updated updatedon modifiedat modified modifiedon lastmodified lastmodifiedat dateupdated dateupd',
    'updatetime timemodified changed changedat lastupdate lastupdated moddate mtime tstamp geaendert geaendertam',
  ],
  deletedAt: [
    'deletedat deletedon deletiondate removedat archivedat deactivatedat disabledat bannedat geloeschtam',
  ],
  active: [
    'active isactive enabled isenabled useractive aktiv isaktiv approved isapproved actif activo ativo actief',
  ],
  inactive: [
    'disabled isdisabled inactive banned isbanned blocked isblocked block locked islocked islockedout suspended',
    'deleted isdeleted deactivated gesperrt geloescht archived deaktiviert',
  ],
  status: ['status state userstatus accountstatus zustand userstate activationstatus'],
  given_name: [
    'firstname givenname forename fname first vorname prenom nombre voornaam nome imie christianname',
  ],
  family_name: [
    'lastname familyname surname lname last nachname familienname nom apellido apellidos achternaam cognome',
  ],
  name: ['fullname displayname realname name completename anzeigename'],
  middle_name: ['middlename mname zweitername'],
  nickname: ['nickname displayname usernicename'],
  gender: ['gender sex geschlecht genre genero geslacht anrede'],
  birthdate: [
    'birthday birthdate dateofbirth dob birth geburtsdatum geburtstag datenaissance fechanacimiento',
  ],
  phone_number: [
    'phone phonenumber telephone tel mobile mobilephone cell handy telefon telefonnummer phone1 telephonenumber',
  ],
  locale: ['locale lang language preferredlanguage sprache langue idioma userlang culture'],
  zoneinfo: ['timezone zoneinfo tz zeitzone usertimezone'],
  website: ['website homepage url userurl web webseite'],
  picture: ['avatar picture photo image avatarurl profileimage profilephoto profilephotopath bild'],
  emailVerified: [
    'emailverifiedat emailverified emailconfirmed confirmedat emailconfirmedat isemailverified emailvalidated',
    'emailauthenticated verifiedat isverified verified mailverified emailverifieddate',
  ],
  lastLogin: [
    'lastlogin lastloginat lastlogintime lastsigninat currentsigninat lastvisit lastvisitdate lastaccess loggedinat',
  ],
} as const satisfies Record<string, readonly string[]>;

export type Meaning = keyof typeof VOCABULARY;

const WORDS = new Map(
  Object.entries(VOCABULARY).map(([meaning, lines]) => [meaning as Meaning, lines.join(' ').split(' ')]),
);

/** What table names call a collection of people. */
const PEOPLE =
  /^(?:.*(?:^|_|-|\.))?(?:users?|accounts?|members?|customers?|people|persons?|logins?|subscribers?|admins?|employees?|staff|benutzer|nutzer|kunden?|mitglieder|konten|utilisateurs?|clients?|clientes?|usuarios?|gebruikers?|klanten|utenti|uzytkownicy)(?:_data|_table|_tbl|s)?$/i;

/** Lower case, without separators and without what tables put in front of every column. */
export function simpleName(column: string, table = ''): string {
  const simple = plain(column);
  const singular = plain(table).replace(/s$/, '');
  const prefixes = [
    singular,
    'cust',
    'customer',
    'member',
    'members',
    'user',
    'usr',
    'account',
    'be',
    'fe',
    'str',
    'tbl',
  ];
  const [known] = [
    simple,
    ...prefixes
      .filter((prefix) => prefix !== '' && simple.startsWith(prefix))
      .map((prefix) => simple.slice(prefix.length)),
  ].filter((name) => isWord(name));
  return known ?? simple;
}

/** How well a name fits a meaning: 1 for the usual word, less for rarer ones, 0 for none. */
export function fitness(meaning: Meaning, column: string, table = ''): number {
  const words = WORDS.get(meaning) ?? [];
  const place = words.indexOf(simpleName(column, table));
  if (place >= 0) return 1 - place / (2 * words.length);
  return 0;
}

export const namesPeople = (table: string): boolean => PEOPLE.test(table.replace(/^.*\./, ''));

const ALL_WORDS = new Set([...WORDS.values()].flat());
const isWord = (name: string) => ALL_WORDS.has(name);

function plain(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]/g, '');
}
