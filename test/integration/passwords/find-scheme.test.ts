import { createHash, createHmac, pbkdf2Sync, scryptSync } from 'node:crypto';
import { hashSync } from 'bcryptjs';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/passwords/catalogue.ts';
import { EXAMPLE } from '../../../src/passwords/example.ts';
import { searchScheme } from '../../../src/passwords/find-scheme.ts';
import { findScheme } from '../../../src/passwords/known-schemes.ts';
import type { SchemeSearch } from '../../../src/passwords/scheme-search.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { createLogger } from '../../../src/runtime/logger.ts';

const PASSWORD = 'Canary-42 pass';
const SITE_KEY = 'site-key-31a7';
const ROW = {
  id: '1234',
  email: 'Ann@Example.org',
  member_name: 'Ann Lee',
  created_at: '2011-04-05 06:07:08',
  extra: 'x7Gh2k9Q',
  note: '',
};
const lines: string[] = [];
const deps = {
  logger: createLogger('trace', { write: (line) => lines.push(line) }),
  clock: systemClock,
  threads: 2,
};

const bytesOf = (algorithm: string, ...parts: (string | Buffer)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash(algorithm)).digest();
const hex = (algorithm: string, ...parts: (string | Buffer)[]) =>
  bytesOf(algorithm, ...parts).toString('hex');

const search = (hash: string, wanted: Partial<SchemeSearch> = {}) =>
  searchScheme(
    {
      row: { ...ROW, secret_hash: hash },
      passwordColumn: 'secret_hash',
      password: Buffer.from(PASSWORD),
      ...wanted,
    },
    deps,
  );

async function configurationOf(hash: string, wanted: Partial<SchemeSearch> = {}) {
  const result = await search(hash, wanted);
  if (result.kind !== 'found') return result;
  return result.configuration;
}

function iterated(count: number) {
  let last = PASSWORD + ROW.extra;
  for (let round = 0; round < count; round += 1) last = hex('sha256', last);
  return last;
}

const P = PASSWORD;
/** By OpenSSL: printf 'Canary-42 pass' | iconv -t utf-16le | openssl dgst -provider legacy -md4 */
const NTLM = '704bb00770a5beb62b8387103fcc578b';
const S = ROW.extra;
const SALT = { salt: 'extra' };
const PEPPER = { pepper: '$'.concat('{LEGACY_PEPPER}') };

const cell = (row: Readonly<Record<string, string>>, column: string) => row[column] ?? '';

/** They cost seconds each, and others of their kind are searched. */
const SLOW = ['gitea', 'gitea-hi', 'nodebb'];

/** Each with its own example; those of one recipe are found as one. */
function namedRecipes() {
  const recipes = catalogue().filter(
    ({ group, layoutOnly, name }) => group === 'recipe' && layoutOnly === undefined && !SLOW.includes(name),
  );
  return [...new Map(recipes.map((entry) => [findScheme(entry.name)?.name, entry])).values()].map(
    ({ name, example }) => ({ name, example, recipe: findScheme(name)?.name ?? '' }),
  );
}

describe('The search for a scheme', { timeout: 60_000 }, () => {
  test.each<[string, string, object?]>([
    ['md5($pass)', hex('md5', P)],
    ['sha256($salt.$pass)', hex('sha256', S, P), SALT],
    ['sha1($pass.$salt)', hex('sha1', P, ROW.email), { salt: 'email' }],
    ['md5(md5($pass).$salt)', hex('md5', hex('md5', P), S), SALT],
    ['md5(md5($salt).md5($pass))', hex('md5', hex('md5', S), hex('md5', P)), SALT],
    ["sha512($pass.':'.$salt)", hex('sha512', P, ':', S), SALT],
    ['sha256(upper(md5($pass)).$salt)', hex('sha256', hex('md5', P).toUpperCase(), S), SALT],
    ['ntlm', NTLM],
    ['sha1($salt.sha1_bin($pass))', hex('sha1', S, bytesOf('sha1', P)), SALT],
    ['md5(lower($salt).$pass)', hex('md5', ROW.email.toLowerCase(), P), { salt: 'email' }],
    ['sha256($salt.$pass.$salt)', hex('sha256', S, P, S), SALT],
    ['sha1(sha1($salt.$pass).$salt)', hex('sha1', hex('sha1', S, P), S), SALT],
    ['hmac_sha256($salt, $pass)', createHmac('sha256', S).update(P).digest('base64'), SALT],
    ['sha1($pass)', hex('sha1', Buffer.from(P, 'utf16le')), { charset: 'utf16le' }],
    ['base64(md5($pass))', Buffer.from(hex('md5', P)).toString('base64')],
    ['substr(sha256($salt.$pass), 0, 50)', hex('sha256', S, P).slice(0, 50), SALT],
    ['substr(md5($pass), 8, 16)', hex('md5', P).slice(8, 24)],
    ["'0x'.sha1($pass)", `0x${hex('sha1', P)}`],
    ["'{X}'.$salt.'$'.sha1($pass.$salt)", `{X}zz9$${hex('sha1', P, 'zz9')}`],
    ["sha1($salt.$pass).':'.$salt", `${hex('sha1', 'ab', P)}:ab`],
    ['$salt.md5($salt.$pass)', `a1b2c3d4${hex('md5', 'a1b2c3d4', P)}`],
    ["md5(unhex($salt).$pass).'$'.$salt", `${hex('md5', Buffer.from('a1b2', 'hex'), P)}$a1b2`],
    ['repeat(77, sha256($last), $pass.$salt)', iterated(77), SALT],
    [
      'pbkdf2_hmac_sha256($pass, $salt, 1000, 24)',
      pbkdf2Sync(P, S, 1000, 24, 'sha256').toString('hex'),
      SALT,
    ],
    ['scrypt(n=16384,r=8,p=1,length=64,salt=text)', scryptSync(P, S, 64).toString('hex'), SALT],
    ['bcrypt(md5($pass))', hashSync(hex('md5', P), 4)],
    ['bcrypt(md5($pass.$salt))', hashSync(hex('md5', P, S), 4), SALT],
    ['auto', hashSync(P, 4)],
    ['auto', `*${hex('sha1', bytesOf('sha1', P)).toUpperCase()}`],
    ['plaintext', P],
  ])('finds %s.', async (scheme, hash, columns = {}) => {
    expect(await configurationOf(hash)).toEqual({ column: 'secret_hash', scheme, ...columns });
  });

  test.each(namedRecipes())('finds the recipe $name under some name.', async ({ example }) => {
    const { password, pepper, salt, username } = EXAMPLE;
    const row = { id: '7', login: username, spice: salt, secret_hash: example };
    const result = await search(example, {
      row,
      password: Buffer.from(password),
      peppers: ['other', pepper],
    });
    if (result.kind !== 'found') throw new Error(result.kind);
    const { configuration } = result;
    const parsed = findScheme(configuration.scheme)?.parse({
      encoded: example,
      ...(configuration.salt === undefined ? {} : { salt: cell(row, configuration.salt) }),
      ...(configuration.username === undefined ? {} : { username: cell(row, configuration.username) }),
      ...(configuration.pepper === undefined ? {} : { pepper }),
    });
    expect(await parsed?.verify(Buffer.from(password))).toBe(true);
    expect(await parsed?.verify(Buffer.from(`${password}x`))).toBe(false);
  });

  test('finds secrets of the configuration, says which it was and never writes it down.', async () => {
    const peppers = ['another secret', SITE_KEY];
    const result = await search(hex('sha256', SITE_KEY, P, S), { peppers });
    expect(result).toMatchObject({
      kind: 'found',
      pepper: 1,
      configuration: { scheme: 'sha256($pepper.$pass.$salt)', ...SALT, ...PEPPER },
    });
    expect(
      await configurationOf(hashSync(createHmac('sha256', SITE_KEY).update(P).digest('hex'), 4), { peppers }),
    ).toEqual({ column: 'secret_hash', scheme: 'bcrypt(hmac_sha256($pepper, $pass))', ...PEPPER });
    for (const secret of [SITE_KEY, P]) {
      expect(JSON.stringify(result)).not.toContain(secret);
      expect(lines.join('')).not.toContain(secret);
    }
  });

  test('mixes two columns, and finds the column of the hash by itself.', async () => {
    const hash = hex('sha1', ROW.email.toLowerCase(), P, ROW.id);
    const result = await search(hash);
    expect(result).toMatchObject({
      kind: 'found',
      configuration: {
        column: 'secret_hash',
        scheme: 'sha1(lower($username).$pass.$salt)',
        username: 'email',
        salt: 'id',
      },
    });
    const { passwordColumn: _, ...wanted } = { passwordColumn: '' };
    const row = { ...ROW, secret_hash: hex('md5', S, P) };
    expect(await searchScheme({ row, password: Buffer.from(P), ...wanted }, deps)).toMatchObject({
      configuration: { column: 'secret_hash', scheme: 'md5($salt.$pass)', ...SALT },
    });
  });

  test('names both columns where two hold the same value.', async () => {
    const result = await search(hex('md5', S, P), {
      row: { ...ROW, twin: S, secret_hash: hex('md5', S, P) },
    });
    if (result.kind !== 'found') throw new Error(result.kind);
    expect([result.configuration, ...result.others].map(({ salt }) => salt)).toEqual(
      expect.arrayContaining(['extra', 'twin']),
    );
    expect(result.notes.join()).toContain('the row of somebody else');
  });

  test('knows what the legacy app did to the text and how it wrote it.', async () => {
    const typed = ' Größe<b>&"1 ';
    const password = Buffer.from(typed);
    const schemeOf = async (bytes: Buffer) => {
      const result = await search(hex('md5', bytes, S), { password });
      return result.kind === 'found' ? [result.configuration.scheme, result.lossy] : [result.kind];
    };
    expect(await schemeOf(Buffer.from(typed, 'latin1'))).toEqual(['md5($pass.$salt)', false]);
    expect(await schemeOf(Buffer.from(typed.trim()))).toEqual(['md5(trim($pass).$salt)', true]);
    expect(await schemeOf(Buffer.from(typed.toLowerCase()))).toEqual(['md5(lower($pass).$salt)', true]);
    const escaped = typed
      .replace('&', '&amp;')
      .replace('<', '&lt;')
      .replace('>', '&gt;')
      .replace('"', '&quot;');
    expect(await schemeOf(Buffer.from(escaped))).toEqual(['md5(htmlspecialchars($pass).$salt)', false]);
  });

  test('reports a damaged hash instead of searching for it.', async () => {
    expect(await search(hashSync(P, 4).slice(0, 57))).toMatchObject({
      kind: 'not-found',
      damaged: [{ column: 'secret_hash', damage: expect.stringContaining('57 of 60 characters') }],
    });
  });

  test('reports no agreement of fewer than 64 bits.', async () => {
    expect(await search(hex('md5', P).slice(0, 14), { saltColumns: [] })).toMatchObject({
      kind: 'not-found',
    });
  });

  test('says what was covered when nothing verifies, and gives nothing away on the way.', async () => {
    const told: string[] = [];
    const hash = hex('sha256', 'something else');
    const result = await search(hash, {
      saltColumns: [],
      peppers: [SITE_KEY],
      budgetMs: 10_000,
      onProgress: (progress) => told.push(JSON.stringify(progress)),
    });
    expect(result.kind).not.toBe('found');
    expect(told.length).toBeGreaterThan(0);
    for (const secret of [P, SITE_KEY, hash])
      expect(told.join('') + JSON.stringify(result) + lines.join('')).not.toContain(secret);
  });

  test.each([
    ['bcrypt', `$2b$15$${hashSync('something else', 4).slice(7)}`],
    ['argon2', `$argon2id$v=19$m=262144,t=4,p=1$${'c2FsdHNhbHQ'}$${'A'.repeat(43)}`],
  ])('ends within its time, even in the middle of an expensive %s.', async (_, hash) => {
    const started = performance.now();
    expect(await search(hash, { budgetMs: 1000 })).toMatchObject({ kind: 'out-of-time' });
    expect(performance.now() - started).toBeLessThan(2500);
  });

  test('judges what it found, and prefers the reading that fits the rest of the table.', async () => {
    const otherRows = ['a1', 'b2', 'c3'].map((twin) => ({
      extra: '',
      twin,
      secret_hash: hex('md5', twin, 'x'),
    }));
    const secret_hash = hex('md5', S, P);
    const result = await search(secret_hash, { row: { ...ROW, twin: S, secret_hash }, otherRows });
    expect(result).toMatchObject({
      configuration: { scheme: 'md5($salt.$pass)', salt: 'twin' },
      judgement: { strength: 'broken' },
      notes: expect.arrayContaining([expect.stringContaining('Judged broken: one md5')]),
    });
  });

  test('ends when it is called off.', async () => {
    const called = new AbortController();
    const result = search(hex('sha256', 'something else'), {
      signal: called.signal,
      onProgress: () => called.abort(),
    });
    expect(await result).toMatchObject({ kind: 'out-of-time' });
  });

  test('says which columns there are when one is named that is not.', async () => {
    await expect(search(hex('md5', P), { passwordColumn: 'pasword' })).rejects.toThrow(
      'The row has no column pasword. It has: id, email, member_name, created_at, extra, note, secret_hash.',
    );
  });
});
