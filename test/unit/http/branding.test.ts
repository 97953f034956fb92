import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { openBranding } from '../../../src/compose/branding.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { brandingOptions } from '../../../src/http/options.ts';

const root = mkdtempSync(join(tmpdir(), 'footbridge-branding-'));
let made = 0;

function open(files: Record<string, string | Buffer>) {
  made += 1;
  const folder = join(root, String(made));
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return openBranding({ branding: brandingOptions.parse({ folder }) });
}

const login = (inside: string) =>
  `<form action="<%= it.action %>/login"><input name="csrf" value="<%= it.token.login %>">
<input name="identifier"><input name="password"><%= it.error %>${inside}</form>`;

test('Without a folder nothing is changed.', () => {
  expect(openBranding({ branding: brandingOptions.parse({}) })).toMatchObject({ css: '', logo: undefined });
});

test('The example is one that works, found from where its configuration is.', () => {
  const config = resolve(import.meta.dirname, '../../../config/mysql-keycloak.example.yaml');
  const env = new Proxy({} as Record<string, string>, {
    get: (_, name: string) => {
      if (name.endsWith('_FILE')) return undefined;
      if (name.endsWith('KEY')) return Buffer.alloc(32).toString('base64');
      return name.endsWith('URL') ? 'mysql://user:password@127.0.0.1/db' : 'x'.repeat(40);
    },
  });
  const { branding } = loadConfig(config, env);
  const { name, logo, css, templates } = openBranding({ branding });
  expect([name, logo?.type, [...templates.keys()]]).toEqual(['Example', 'svg', ['message']]);
  expect(css).toContain('--accent: #0b6b4f');
});

test('A folder gives a theme, a logo and templates.', () => {
  const { css, logo, templates } = open({
    'theme.css': ':root { --ink: #000; background: url("data:image/png;base64,AA=="); }',
    'logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'login.eta': login(''),
    'notes.txt': 'of no concern',
  });
  expect(css).toContain('--ink');
  expect(logo?.type).toBe('svg');
  expect([...templates.keys()]).toEqual(['login']);
});

test.each([
  [
    'a template with a mistake',
    { 'message.eta': '<p>\n<%= it.nothing.there %>' },
    /message\.eta: line 2: .*'there'/,
  ],
  [
    'one that ends too early',
    { 'message.eta': '<p>\n<%= it.sentence' },
    /message\.eta: unclosed tag at line 2/,
  ],
  [
    'one whose code is broken',
    { 'error.eta': '<% if (it.x { %>' },
    /error\.eta: its code cannot be understood/,
  ],
  ['one for no page', { 'signup.eta': 'x' }, /no such page; templates may be: login, consent/],
  [
    'a value that is not escaped',
    { 'message.eta': '<%~ it.sentence %>' },
    /message\.eta: .*without escaping/,
  ],
  ['an inline script', { 'login.eta': login('<script>1</script>') }, /<script is inline/],
  ['an inline style', { 'login.eta': login('<p style="color: red">') }, /style= is inline/],
  ['an inline handler', { 'login.eta': login('<b onclick="x()">') }, /onclick= is inline/],
  ['a form that goes nowhere', { 'login.eta': '<form>' }, /lacks action="\/interaction\/sample\/login"/],
  ['a form without its token', { 'login.eta': login('').replace('csrf', 'other') }, /lacks name="csrf"/],
  [
    'a form that hides what went wrong',
    { 'login.eta': login('').replace('it.error', '') },
    /lacks What went wrong/,
  ],
  ['a layout without the page', { 'layout.eta': '<html lang="<%= it.lang %>">' }, /layout\.eta: it lacks/],
  ['a theme that loads', { 'theme.css': 'a {}\n@import "x.css";' }, /theme\.css: line 2: @import/],
  ['a picture from elsewhere', { 'theme.css': 'a { background: url(https://x/y.png) }' }, /line 1: url\(/],
  ['a logo that is none', { 'logo.png': '<svg/>' }, /logo\.png: this is no PNG/],
  ['two logos', { 'logo.png': 'x', 'logo.svg': '<svg/>' }, /Keep one/],
  ['a heavy logo', { 'logo.svg': `<svg>${' '.repeat(70_000)}` }, /69 KiB; 64 at most/],
] as const)('The start refuses %s, and says where.', (_, files, sentence) => {
  expect(() => open(files)).toThrow(expect.objectContaining({ code: 'configuration_invalid' }));
  expect(() => open(files)).toThrow(sentence);
});

test('A folder that is not there is a mistake in the configuration.', () => {
  const branding = brandingOptions.parse({ folder: join(root, 'nowhere') });
  expect(() => openBranding({ branding })).toThrow(/branding\.folder: .*nowhere cannot be read \(ENOENT\)/);
});

test('Colours that cannot be read, and links that are not secure, are refused.', () => {
  const refused = (value: unknown) => brandingOptions.safeParse(value).error?.issues[0]?.message;
  expect(refused({ colors: { light: '#ffcc00' } })).toContain('cannot be read on #ffffff');
  expect(refused({ colors: { dark: '#1d4f91' } })).toContain('cannot be read on #1b1f27');
  expect(refused({ colors: { light: 'red' } })).toContain('#rrggbb');
  expect(refused({ colors: { light: '#767676', dark: '#8ab4f0' } })).toBeUndefined();
  for (const name of ['forgotPassword', 'privacy', 'imprint', 'support']) {
    expect(refused({ links: { [name]: 'javascript:alert(1)' } }), name).toContain('must be an https:');
    expect(refused({ links: { [name]: 'http://example.com' } }), name).toContain('must be an https:');
  }
  expect(refused({ links: { support: 'mailto:help@example.com' } })).toBeUndefined();
});
