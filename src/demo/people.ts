/** Somebody of the legacy table. Invented; the passwords are printed on purpose. */
export interface Person {
  readonly username: string;
  readonly email: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly gender: 'F' | 'M';
  /** `YYYY-MM-DD`. */
  readonly birthday: string;
  readonly password: string;
  readonly scheme: LegacyScheme;
  /** What this person is used to typing as a login name: their e-mail, or their username in whatever case. */
  readonly login: string;
}

/** How this table came to hold its passwords, one system after the other. Recipes are in hashcat's notation. */
export const LEGACY_SCHEMES = [
  'md5($pass)',
  'md5($salt.$pass)',
  'md5($pass.$salt)',
  'sha1($pass)',
  'sha1($salt.$pass)',
  'sha256($pass)',
  'sha256($salt.$pass)',
  'bcrypt $2a$',
  'bcrypt $2b$',
  'bcrypt $2y$',
  'argon2i',
  'argon2id',
] as const;
export type LegacyScheme = (typeof LEGACY_SCHEMES)[number];

export const PEOPLE: readonly Person[] = [
  person('anna', 'Anna', 'Berg', 'F', '1984-03-12', 'md5($pass)', 'sommer2009'),
  person('bruno', 'Bruno', 'Keller', 'M', '1971-11-02', 'md5($salt.$pass)', 'Käsefüße & Brötchen'),
  person(
    'carla',
    'Carla',
    'Rossi',
    'F',
    '1990-07-24',
    'md5($pass.$salt)',
    'due parole, una virgola',
    'email',
  ),
  person('david', 'David', 'Novák', 'M', '1988-01-30', 'sha1($pass)', 'P@ssw0rd!'),
  person('elif', 'Elif', 'Yılmaz', 'F', '1995-09-08', 'sha1($salt.$pass)', 'çok gizli şifre', 'email'),
  person('farid', 'Farid', 'Haddad', 'M', '1979-05-17', 'sha256($pass)', 'كلمة السر ٤٢'),
  person('greta', 'Greta', "O'Leary", 'F', '1966-12-21', 'sha256($salt.$pass)', '"quoted" <b>bold</b>'),
  person('henrik', 'Henrik', 'Østergaard', 'M', '1982-04-05', 'bcrypt $2a$', 'rødgrød med fløde', 'HENRIK'),
  person(
    'irina',
    'Irina',
    'Petrova',
    'F',
    '1993-10-14',
    'bcrypt $2b$',
    'correct horse battery staple',
    'email',
  ),
  person('jun', 'Jun', 'Takahashi', 'M', '1999-02-28', 'bcrypt $2y$', '猫が三匹 🐈🐈🐈'),
  person('kofi', 'Kofi', 'Mensah', 'M', '1975-08-19', 'argon2i', '100% sure+plus=equals;semi'),
  person('luz', 'Luz', 'Álvarez', 'F', '2001-06-03', 'argon2id', '🔑🌙 con la luna llena', 'email'),
];

function person(
  username: string,
  givenName: string,
  familyName: string,
  gender: 'F' | 'M',
  birthday: string,
  scheme: LegacyScheme,
  password: string,
  login = username,
): Person {
  const email = `${username}@example.com`;
  return {
    username,
    email,
    givenName,
    familyName,
    gender,
    birthday,
    scheme,
    password,
    login: login === 'email' ? email : login,
  };
}
