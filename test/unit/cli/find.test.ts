import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { EXIT } from '../../../src/cli/exit-codes.ts';
import { runCli } from '../../../src/cli/run.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { systemRandom } from '../../../src/runtime/random.ts';

const folder = mkdtempSync(join(tmpdir(), 'footbridge-find-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PASSWORD = 'Canary-42 pässword';
const PEPPER = 'site-key-31a7';
const hex = (...parts: string[]) => createHash('sha1').update(parts.join('')).digest('hex');

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const CSV = `id,name,pw,spice\n7,ann,${hex('x7Gh', PASSWORD)},x7Gh\n`;
const UNKNOWN = `id,name,pw\n7,ann,${hex('what nobody guesses', PASSWORD)}\n`;

interface Asked {
  readonly typed?: string;
  readonly until?: Promise<void>;
}

async function footbridge(args: readonly string[], { typed = PASSWORD, until }: Asked = {}) {
  const [printed, complained]: [string[], string[]] = [[], []];
  const secret = new Uint8Array(Buffer.from(typed));
  let asked = 0;
  const code = await runCli(args, {
    env: {},
    clock: systemClock,
    random: systemRandom,
    print: (line) => printed.push(line),
    complain: (line) => complained.push(line),
    askSecret: async () => {
      asked += 1;
      return secret;
    },
    untilStopped: () => until ?? new Promise(() => {}),
    kill: () => {},
  });
  const [text, complaints] = [printed.join('\n'), complained.join('\n')];
  for (const hidden of [PASSWORD, PEPPER]) expect(text + complaints).not.toContain(hidden);
  return { code, text, complaints, asked, wiped: secret.every((byte) => byte === 0) };
}

describe('"find"', { timeout: 30_000 }, () => {
  test.each([
    ['CSV', file('row.csv', CSV)],
    ['NDJSON', file('row.ndjson', `{"id":7,"name":"ann","pw":"${hex('x7Gh', PASSWORD)}","spice":"x7Gh"}\n`)],
    [
      'a JSON object over many lines',
      file(
        'row.json',
        JSON.stringify({ id: 7, pw: hex('x7Gh', PASSWORD), spice: 'x7Gh', gone: null }, null, 2),
      ),
    ],
  ])('reads the row from %s, judges what it found and wipes the password.', async (_, path) => {
    const { code, text, wiped } = await footbridge(['find', '--row', path]);
    expect(code).toBe(EXIT.ok);
    expect(text).toContain('column: "pw"\n    scheme: "sha1($salt.$pass)"\n    salt: "spice"');
    expect(text).toContain('Judged broken: one sha1');
    expect(wiped).toBe(true);
  });

  test('prints JSON, and never a secret of the configuration.', async () => {
    const pw = hex(PEPPER, PASSWORD);
    const row = file('peppered.json', JSON.stringify({ id: '7', pw }));
    const keys = ['--pepper-file', file('first', 'other\n'), file('second', `${PEPPER}\n`)];
    const { code, text } = await footbridge(['find', '--row', row, '--json', ...keys]);
    expect(code).toBe(EXIT.ok);
    expect(JSON.parse(text)).toMatchObject({
      kind: 'found',
      pepper: 1,
      configuration: { column: 'pw', scheme: 'sha1($pepper.$pass)', pepper: '$'.concat('{LEGACY_PEPPER}') },
    });
  });

  test('ends with 1 when nothing was found in its time.', async () => {
    const row = file('unknown.csv', UNKNOWN);
    const { code, text, wiped } = await footbridge(['find', '--row', row, '--seconds', '1']);
    expect(code).toBe(EXIT.failed);
    expect(text).toContain('Not found: ended after');
    expect(wiped).toBe(true);
  });

  test('ends when it is interrupted.', async () => {
    const row = file('stopped.csv', UNKNOWN);
    const started = performance.now();
    const { code, wiped } = await footbridge(['find', '--row', row], { until: Promise.resolve() });
    expect(code).toBe(EXIT.failed);
    expect(wiped).toBe(true);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('wipes the password also when the search cannot begin.', async () => {
    const row = file('row.csv', CSV);
    const { code, complaints, wiped } = await footbridge(['find', '--row', row, '--password', 'pasword']);
    expect(code).toBe(EXIT.usage);
    expect(complaints).toContain('The row has no column pasword. It has: id, name, pw, spice.');
    expect(wiped).toBe(true);
  });

  test.each([
    [['find'], 'by --row FILE, or by --login NAME'],
    [['find', '--row', 'a', '--login', 'b'], 'and not by both'],
    [['find', '--row', join(folder, 'missing.csv')], 'missing.csv'],
    [['find', '--row', file('two.csv', `${CSV}8,bob,x,y\n`)], 'holds one row'],
    [['find', '--row', file('none.csv', 'id,pw\n')], 'holds one row'],
    [['find', '--row', file('torn.csv', 'id,pw\n1\n')], 'Line 2 of'],
    [['find', '--row', file('row.csv', CSV), '--seconds', '0'], 'from 1 to 86400'],
  ])('asks for no password when %j is wrong.', async (args, complaint) => {
    const { code, complaints, asked } = await footbridge(args);
    expect(code).toBe(EXIT.usage);
    expect(complaints).toContain(complaint);
    expect(asked).toBe(0);
  });

  test('reads the row of a login name from the configured directory.', async () => {
    const database = new Database(join(folder, 'legacy.sqlite'));
    database.exec('CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, pw TEXT, spice TEXT)');
    const insert = database.prepare('INSERT INTO people (name, pw, spice) VALUES (?, ?, ?)');
    insert.run('ann', hex('x7Gh', PASSWORD), 'x7Gh');
    insert.run('Zoë', hex('kk33', PASSWORD), 'kk33');
    database.close();
    file('footbridge.key', `${systemRandom(32).toString('base64')}\n`);
    const config = file(
      'footbridge.yaml',
      [
        'issuer: http://localhost:4000',
        `store: sqlite:${join(folder, 'store.sqlite')}`,
        `secretKeyFile: ${join(folder, 'footbridge.key')}`,
        `legacy: { kind: sqlite, url: "sqlite:${join(folder, 'legacy.sqlite')}", table: people, id: id, login: name, password: { column: pw } }`,
        'targets: {}',
        'clients: []',
      ].join('\n'),
    );
    const found = await footbridge(['--config', config, 'find', '--login', 'ZOË']);
    expect(found).toMatchObject({ code: EXIT.ok, complaints: expect.any(String) });
    expect(found.text).toContain('scheme: "sha1($salt.$pass)"\n    salt: "spice"');
    const nobody = await footbridge(['--config', config, 'find', '--login', 'nobody']);
    expect(nobody).toMatchObject({ code: EXIT.failed, asked: 0 });
    expect(nobody.complaints).toContain('Nobody is called that in name.');
  });
});

describe('"inspect --login"', { timeout: 30_000 }, () => {
  const users = ['id,username,email,password,salt'];
  for (let id = 1; id <= 20; id += 1) {
    users.push(`${id},user${id},user${id}@example.org,${hex(`s${id}s`, hex(PASSWORD))},s${id}s`);
  }
  const source = () => file('users.csv', `${users.join('\n')}\n`);

  test('puts the scheme that a password proves into the configuration.', async () => {
    const { code, text, wiped } = await footbridge(['inspect', source(), '--login', 'USER7@example.org']);
    expect(code).toBe(EXIT.ok);
    expect(text).toContain("# verified with one person's password; broken: one sha1");
    expect(text).toContain('scheme: sha1($salt.sha1($pass))');
    expect(text).toContain('salt: salt # found with that password');
    expect(wiped).toBe(true);
  });

  test('changes nothing when the search is broken off, and says so.', async () => {
    const args = ['inspect', source()];
    const plain = await footbridge(args);
    const asked = await footbridge([...args, '--login', 'user7'], {
      typed: 'not the password',
      until: new Promise((done) => setTimeout(done, 1500)),
    });
    expect(plain.asked).toBe(0);
    expect(asked.code).toBe(EXIT.failed);
    expect(asked.complaints).toContain('nothing was verified');
    const yaml = (text: string) => text.slice(text.indexOf('# Proposed by'));
    expect(yaml(asked.text)).toBe(yaml(plain.text));
  });

  test('ends when there is nobody of that name.', async () => {
    const { code, complaints, asked } = await footbridge(['inspect', source(), '--login', 'nobody']);
    expect({ code, asked }).toEqual({ code: EXIT.failed, asked: 0 });
    expect(complaints).toContain('Nobody is called that in username, email of users.');
  });
});
