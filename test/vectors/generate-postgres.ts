/**
 * Known answers of PostgreSQL: writes postgres.json beside this file. Starts a private server of Debian's package, and
 * has it store passwords. Salts are new at each run.
 *
 *   node test/vectors/generate-postgres.ts
 */
import { writeFileSync } from 'node:fs';
import { startPostgres } from '../support/postgres-server.ts';

const PASSWORDS: readonly (readonly [about: string, password: string, lossy?: true])[] = [
  ['ASCII', 'correct horse battery staple'],
  ['quotes and a backslash', `it's "\\\\" here`],
  ['composed', 'P\u00e4ssw\u00f6rd'],
  ['decomposed, which SASLprep composes', 'Pa\u0308ssword', true],
  ['of full width', '\uff50\uff41\uff53\uff53', true],
  ['with a blank that does not break', 'one\u00a0two', true],
  ['with a soft hyphen', 'one\u00adtwo', true],
  ['with a bell, which SASLprep prohibits', 'decomposed a\u0308 and a bell \u0007', true],
  ['of one character', '\u03a9'],
];

const server = await startPostgres({ password_encryption: 'scram-sha-256' });
try {
  const { rows: versions } = await server.admin.query('SHOW server_version');
  const entries: object[] = [];
  for (const [about, password, lossy] of PASSWORDS) {
    await server.admin.query(`CREATE ROLE somebody PASSWORD ${server.admin.escapeLiteral(password)}`);
    const { rows } = await server.admin.query(`SELECT rolpassword FROM pg_authid WHERE rolname = 'somebody'`);
    await server.admin.query('DROP ROLE somebody');
    const encoded: string = rows[0].rolpassword;
    const entry = (what: string, text: string, value: string, rest: object) =>
      entries.push({
        scheme: 'auto',
        about: `${about}${what}`,
        passwordHex: Buffer.from(text).toString('hex'),
        encoded: value,
        ...rest,
      });
    entry('', password, encoded, { matches: true, ...(lossy && { lossy }) });
    entry(', another password', `${password}.`, encoded, { matches: false });
    entry(', cut', password, encoded.slice(0, 100), { matches: false, damaged: true });
  }
  const text = { generator: `PostgreSQL ${versions[0].server_version}`, entries };
  writeFileSync(new URL('./postgres.json', import.meta.url), `${JSON.stringify(text, undefined, 2)}\n`);
} finally {
  await server.stop();
}
