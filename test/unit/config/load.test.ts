import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { configJsonSchema } from '../../../src/config/json-schema.ts';
import { ConfigurationError, loadConfig } from '../../../src/config/load.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'footbridge-config-'));
const KEY = Buffer.alloc(32, 7).toString('base64');

const MINIMAL = `
issuer: http://127.0.0.1:4000
secretKey: \${KEY}
legacy:
  kind: sqlite
  url: sqlite:./legacy.sqlite
  table: users
  id: id
  login: [username]
  password: { column: password }
`;

function file(text: string): string {
  const path = join(folder, `${Math.random()}.yaml`);
  writeFileSync(path, text);
  return path;
}

function problemsOf(text: string, env: Record<string, string> = { KEY }): string[] {
  try {
    loadConfig(file(text), env);
  } catch (error) {
    if (error instanceof ConfigurationError)
      return error.problems.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}

test.each(readdirSync(join(root, 'config')).filter((name) => name.endsWith('.yaml')))(
  'The example %s loads.',
  (name) => {
    const secret = 'x'.repeat(40);
    const env = new Proxy({} as Record<string, string>, {
      get: (_, key: string) => {
        if (key.endsWith('_FILE')) return undefined;
        if (key === 'FOOTBRIDGE_SECRET_KEY') return KEY;
        return key.endsWith('URL') ? 'mysql://user:password@127.0.0.1/db' : secret;
      },
    });
    expect(loadConfig(join(root, 'config', name), env).clients.length).toBeGreaterThan(0);
  },
);

test('A minimal configuration is filled with defaults.', () => {
  const config = loadConfig(file(MINIMAL), { KEY });
  expect(config.server).toEqual({ host: '127.0.0.1', port: 4000, trustProxy: false });
  expect(config.secretKey.reveal()).toHaveLength(32);
  expect(config.store.reveal()).toBe('sqlite:./data/footbridge.sqlite');
});

test('Every problem is reported at once, each with its path.', () => {
  const problems = problemsOf(`
issuer: http://login.example.com/
secretKey: \${NOT_SET}
legacy: { kind: oracle, url: x, table: users, id: id, login: [], password: { column: password } }
clients:
  - { client_id: a, redirect_uris: [not-a-url], migration: { mode: lazy } }
typo: 1
`);
  const paths = problems.map((problem) => problem.split(':')[0]);
  expect(paths).toEqual(
    expect.arrayContaining([
      'issuer',
      'secretKey',
      'legacy.kind',
      'legacy.login',
      'clients[0].redirect_uris[0]',
    ]),
  );
  expect(problems).toContain('typo: there is no such key');
  expect(problems.join('\n')).toContain('NOT_SET is not set');
});

test('What only shows once the single values are right is reported with its path as well.', () => {
  const problems = problemsOf(`${MINIMAL}
clients:
  - { client_id: a, redirect_uris: [https://a.example.com/], migration: { mode: lazy, target: nowhere } }
  - { client_id: a, client_secret: ${'s'.repeat(40)}, redirect_uris: [https://a.example.com/] }
`);
  expect(problems.join('\n')).toMatch(/clients\[0\]\.client_secret: .*needs a client_secret/);
});

test('A client may not copy to a target that does not exist, nor be named twice.', () => {
  const client = `client_id: a, client_secret: ${'s'.repeat(40)}, redirect_uris: [https://a.example.com/]`;
  const problems = problemsOf(`${MINIMAL}
clients:
  - { ${client}, migration: { mode: lazy, target: nowhere } }
  - { ${client} }
`);
  expect(problems).toEqual([
    'clients[0].migration.target: there is no target called "nowhere"; targets: none',
    'clients[1].client_id: "a" is named twice',
  ]);
});

test('A secret never shows in a problem.', () => {
  const problems = problemsOf(
    `${MINIMAL}
clients: [{ client_id: a, client_secret: canary-short, redirect_uris: [https://a.example.com/] }]
`,
    { KEY: 'canary-key' },
  );
  expect(problems).toHaveLength(2);
  expect(problems.join()).not.toContain('canary');
});

test('A value of the environment cannot change the structure of the file.', () => {
  const config = loadConfig(file(MINIMAL.replace('./legacy.sqlite', '${NAME}')), {
    KEY,
    NAME: 'a"\nissuer: evil',
  });
  expect(config.legacy[0]?.url[0]?.reveal()).toBe('sqlite:a"\nissuer: evil');
  expect(config.issuer).toBe('http://127.0.0.1:4000');
});

test('NAME_FILE stands for NAME, and a default for both.', () => {
  const secret = file(`${KEY}\n`);
  const config = loadConfig(file(`${MINIMAL}\nlogLevel: \${LEVEL:-warn}`), { KEY_FILE: secret });
  expect(config.secretKey.reveal()).toEqual(Buffer.alloc(32, 7));
  expect(config.logLevel).toBe('warn');
});

test('secretKeyFile is the other spelling of secretKey; both together are a problem.', () => {
  const path = file(KEY);
  const inFile = MINIMAL.replace('secretKey: ${KEY}', `secretKeyFile: ${path}`);
  expect(loadConfig(file(inFile), {}).secretKey.reveal()).toHaveLength(32);
  expect(problemsOf(`${MINIMAL}\nsecretKeyFile: ${path}`)).toEqual([
    'secretKeyFile: give secretKey or secretKeyFile, not both',
  ]);
});

test('A file that is not there, or is not YAML, is a sentence.', () => {
  expect(() => loadConfig('/nowhere/bridge.yaml', {})).toThrow(/there is no such file/);
  const [problem] = problemsOf('issuer: [\nsecretKey: canary}\n');
  expect(problem).toMatch(/^line 2, column \d+: it is not YAML here/);
  expect(problem).not.toContain('canary');
});

test('config/bridge.schema.json is the one that "npm run generate" writes.', () => {
  const written: unknown = JSON.parse(readFileSync(join(root, 'config/bridge.schema.json'), 'utf8'));
  expect(written).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
});

test('A recipe is a scheme; one that cannot be read is shown with a caret under the place, in a map too.', () => {
  const withPassword = (text: string) =>
    problemsOf(MINIMAL.replace('{ column: password }', `{ column: password, ${text} }`));
  expect(withPassword('scheme: "md5(md5($pass).$salt)"')).toEqual([]);
  const rest = [
    'this recipe cannot be read: this parenthesis is not closed',
    '      md5(md5($pass).$salt',
    '         ^',
  ].join('\n');
  expect(withPassword('scheme: "md5(md5($pass).$salt"')).toEqual([`legacy.password.scheme: ${rest}`]);
  expect(withPassword('scheme: { column: kind, map: { a: md5, b: "md5(md5($pass).$salt" } }')).toEqual([
    `legacy.password.scheme.map.b: ${rest}`,
  ]);
});

test('A password may have several schemes, of which none stands in the way of another.', () => {
  const withPassword = (text: string) =>
    problemsOf(MINIMAL.replace('{ column: password }', `{ column: password, ${text} }`));
  expect(withPassword('scheme: [auto, "md5($salt.$pass)"]')).toEqual([]);
  expect(withPassword('scheme: { column: kind, map: { a: [auto, md5], b: sha1 } }')).toEqual([]);
  expect(withPassword('scheme: [md5, auto]')).toEqual([
    'legacy.password.scheme[1]: auto must come first: it reads only what names its own scheme',
  ]);
  expect(withPassword('scheme: { column: kind, map: { a: [auto, bcrypt] } }')).toEqual([
    'legacy.password.scheme.map.a[1]: it would never be tried: auto, before it, reads the same values',
  ]);
  expect(withPassword('scheme: [auto, "md5($pass"]')).toEqual([
    expect.stringMatching(/^legacy\.password\.scheme\[1\]: this recipe cannot be read/),
  ]);
});

test('Write-back is off unless a directory that exists is named; its account is a secret.', () => {
  expect(loadConfig(file(MINIMAL), { KEY }).writeBack).toEqual({});
  const on = (name: string) => `${MINIMAL}\nwriteBack: { ${name}: { url: 'mysql://w:secret@h/d' } }\n`;
  const { writeBack } = loadConfig(file(on('legacy')), { KEY });
  expect(writeBack.legacy).toMatchObject({ weakScheme: 'refuse', freshSalt: true });
  expect(JSON.stringify(writeBack)).not.toContain('secret@');
  expect(problemsOf(on('staff'))).toEqual([
    'writeBack.staff: there is no legacy directory called "staff"; directories: legacy',
  ]);
});

test('One legacy directory or a list of them: in a list each has a name of its own, and problems name the place.', () => {
  const table = 'kind: sqlite, url: sqlite:./a.sqlite, table: users, id: id, login: [username]';
  const lists = (...names: string[]) =>
    MINIMAL.replace(
      /legacy:[\s\S]*$/,
      `legacy: [${names.map((name) => `{ ${name} ${table}, password: { column: password } }`).join()}]\n`,
    );
  expect(loadConfig(file(lists('', 'name: staff,')), { KEY }).legacy.map(({ name }) => name)).toEqual([
    'legacy',
    'staff',
  ]);
  expect(problemsOf(lists('', ''))).toEqual(['legacy[1].name: each directory after the first needs a name']);
  expect(problemsOf(lists('name: a,', 'name: a,'))).toEqual(['legacy[1].name: "a" is named twice']);
  expect(problemsOf(lists('', 'name: staff, typo: 1,'))).toEqual(['legacy[1].typo: there is no such key']);
  expect(problemsOf(MINIMAL.replace('table: users', 'tabel: users'))).toEqual(
    expect.arrayContaining(['legacy.tabel: there is no such key']),
  );
});

test('The hooks are found from where the configuration is.', () => {
  const path = file(`${MINIMAL}  hooks: ./hooks.ts\n`);
  expect(loadConfig(path, { KEY }).legacy.map(({ hooks }) => hooks)).toEqual([join(folder, 'hooks.ts')]);
});
