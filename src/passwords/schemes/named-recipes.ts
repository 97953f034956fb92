/** A recipe that is known by the software that stores it. */
export interface NamedRecipe {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** In hashcat's notation; `$pepper` is a secret of the software's own configuration. */
  readonly recipe: string;
  /** The software with its versions, where its hash and salt are, and what its configuration calls the pepper. */
  readonly foundIn: string;
  /** Of the made-up password, where another scheme is outermost or it takes long; others are computed when asked for. */
  readonly example?: string;
}

/** Data alone: what each of these computes is written in the recipe and nowhere else. */
export const NAMED_RECIPES: readonly NamedRecipe[] = [
  // Forums
  {
    name: 'vbulletin',
    aliases: ['vbulletin3', 'vbulletin4'],
    recipe: 'md5(md5($pass).$salt)',
    foundIn: 'vBulletin 3 and 4: user.password and user.salt (3 or 30 characters)',
  },
  {
    name: 'vbulletin5',
    recipe: 'bcrypt(md5($pass))',
    foundIn: 'vBulletin 5: user.token where user.scheme is blowfish',
    example: '$2y$10$abcdefghijklmnopqrstuu1nhINP2OGhP0bYZXNuNxHdYfMhfH6X6',
  },
  {
    name: 'mybb',
    recipe: 'md5(md5($salt).md5($pass))',
    foundIn: 'MyBB: mybb_users.password and mybb_users.salt',
  },
  {
    name: 'ipb',
    aliases: ['ipb2', 'ipb3', 'invision'],
    recipe: 'md5(md5($salt).md5($pass))',
    foundIn: 'Invision Power Board 2 and 3: members_pass_hash and members_pass_salt',
  },
  {
    name: 'smf',
    aliases: ['smf1.1', 'smf2.0'],
    recipe: 'sha1(lower($username).$pass)',
    foundIn: 'Simple Machines Forum 1.1 and 2.0: smf_members.passwd with member_name as the username',
  },
  {
    name: 'smf2.1',
    recipe: 'bcrypt(lower($username).$pass)',
    foundIn: 'Simple Machines Forum 2.1: smf_members.passwd with member_name as the username',
    example: '$2y$10$abcdefghijklmnopqrstuuSXy0ShwJLV27tmjx/zPRBFuVmpDQLK2',
  },
  {
    name: 'punbb',
    recipe: 'sha1($salt.sha1($pass))',
    foundIn: 'PunBB 1.3 and later: users.password and users.salt',
  },
  {
    name: 'wbb3',
    aliases: ['wcf1', 'woltlab3'],
    recipe: 'sha1($salt.sha1($salt.sha1($pass)))',
    foundIn: 'WoltLab Burning Board 3: wcf1_user.password and wcf1_user.salt',
  },
  {
    name: 'phpbb2',
    recipe: 'md5(latin1($pass))',
    foundIn: 'phpBB 2 with an ISO-8859-1 language pack: phpbb_users.user_password',
  },
  {
    name: 'phpbb2-converted',
    recipe: 'phpass(md5(cp1252($pass)))',
    foundIn: 'phpBB 3 after the conversion of a phpBB 2 board ($H$), for passwords of that time',
    example: '$H$9seasalt1mH4HBdEEi8exNbOf8PVvN0',
  },
  {
    name: 'nodebb',
    recipe: 'bcrypt(sha512($pass))',
    foundIn: 'NodeBB, users with password:shaWrapped',
    example: '$2a$12$abcdefghijklmnopqrstuuuSnEfrE02ttsCuYgrGVWvdivDHOHkK.',
  },

  // Shops
  {
    name: 'opencart',
    recipe: 'sha1($salt.sha1($salt.sha1($pass)))',
    foundIn: 'OpenCart 1.5 to 3: oc_customer.password and oc_customer.salt',
  },
  {
    name: 'prestashop',
    recipe: 'md5($pepper.$pass)',
    foundIn:
      'PrestaShop 1.0 to 1.6: ps_customer.passwd; the pepper is _COOKIE_KEY_ of config/settings.inc.php',
  },

  // Learning, projects, content
  {
    name: 'redmine',
    recipe: 'sha1($salt.sha1($pass))',
    foundIn: 'Redmine 1.2 and later: users.hashed_password and users.salt',
  },
  {
    name: 'moodle',
    recipe: 'md5($pass.$pepper)',
    foundIn: 'Moodle before 2.5: mdl_user.password; the pepper is $CFG->passwordsaltmain of config.php',
  },

  // Frameworks
  {
    name: 'aspnet-membership-mysql',
    recipe: 'hmac_sha256(unbase64($salt), unbase64($salt).utf16le($pass))',
    foundIn:
      'ASP.NET Membership of MySQL Connector/NET with HMACSHA256: my_aspnet_membership.Password and PasswordKey',
  },
  {
    name: 'cakephp',
    aliases: ['cakephp1', 'cakephp2'],
    recipe: 'sha1($pepper.$pass)',
    foundIn: 'CakePHP 1 and 2 with AuthComponent: the pepper is Security.salt of core.php',
  },
  {
    name: 'rails-restful-auth',
    recipe: "repeat(10, sha1($last.'--'.$salt.'--'.$pass.'--'.$pepper), $pepper)",
    foundIn: 'restful_authentication of Rails: crypted_password and salt; the pepper is REST_AUTH_SITE_KEY',
  },
  {
    name: 'rails-restful-auth-1',
    aliases: ['acts-as-authenticated'],
    recipe: "sha1('--'.$salt.'--'.$pass.'--')",
    foundIn: 'restful_authentication with one stretch and no site key, and acts_as_authenticated before it',
  },
  {
    name: 'authlogic',
    recipe: 'repeat(20, sha512($last), $pass.$salt)',
    foundIn: 'Authlogic of Rails, before scrypt: crypted_password and password_salt',
  },
  {
    name: 'symfony',
    aliases: ['fosuserbundle'],
    recipe: 'repeat(5000, sha512_bin($last.$pass.braced($salt)))',
    foundIn: 'Symfony 2 to 4 with the sha512 encoder, FOSUserBundle: password and salt',
  },

  // Windows
  {
    name: 'msdcc',
    aliases: ['mscash', 'dcc'],
    recipe: 'md4(md4_bin(utf16le($pass)).utf16le(lower($username)))',
    foundIn: 'Windows 2000 and XP: cached domain logins, with the name of the user',
  },
  {
    name: 'msdcc2',
    aliases: ['mscash2', 'dcc2'],
    recipe:
      'pbkdf2_hmac_sha1(md4_bin(md4_bin(utf16le($pass)).utf16le(lower($username))),utf16le(lower($username)),10240,16)',
    foundIn: 'Windows Vista and later: cached domain logins, with the name of the user',
  },

  // Web servers
  {
    name: 'htdigest',
    recipe: "md5($username.':'.$salt.':'.$pass)",
    foundIn: 'Apache htdigest and other HTTP digest files: the salt is the realm',
  },

  // Services written in Go
  {
    name: 'grafana',
    recipe: 'pbkdf2_hmac_sha256($pass,$salt,10000,50)',
    foundIn: 'Grafana: user.password and user.salt',
  },
  {
    name: 'gitea',
    aliases: ['forgejo', 'gitea-pbkdf2'],
    recipe: 'pbkdf2_hmac_sha256($pass,unhex($salt),50000,50)',
    foundIn:
      'Gitea 1.19 and later, Forgejo: user.passwd and user.salt where passwd_hash_algo is pbkdf2$50000$50',
  },
  {
    name: 'gitea-hi',
    recipe: 'pbkdf2_hmac_sha256($pass,unhex($salt),320000,50)',
    foundIn:
      'Gitea and Forgejo: user.passwd and user.salt where passwd_hash_algo is pbkdf2_hi or pbkdf2$320000$50',
    // It takes long to compute.
    example:
      '7be27f37e36c106f3a4d051dffc9123681ea0995f736d10006b5bcf0709723951ce220ff968d75df47b4b9f024edf1c0b348',
  },
  {
    name: 'gitea-1',
    aliases: ['gogs'],
    recipe: 'pbkdf2_hmac_sha256($pass,$salt,10000,50)',
    foundIn: 'Gogs, and Gitea while its salts were text: user.passwd and user.salt',
  },

  // Columns of imports
  {
    name: 'sha256salted',
    recipe: 'sha256($salt.$pass)',
    foundIn: 'Strivacity: SHA256Salted, the salt before the password',
  },
  {
    name: 'sha1salted',
    recipe: 'sha1($salt.$pass)',
    foundIn: 'Strivacity: SHA1Salted, the salt before the password',
  },
  {
    name: 'md5salted',
    recipe: 'md5($salt.$pass)',
    foundIn: 'Strivacity: MD5Salted, the salt before the password',
  },

  // Databases
  {
    name: 'postgres-md5-bare',
    recipe: 'md5($pass.$username)',
    foundIn: 'PostgreSQL, where the application left the prefix md5 out',
  },
];
