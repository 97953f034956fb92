import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * The house rules. A room may import the top-level files of the rooms named here; type imports count. Files in a
 * sub-folder are private to their room. `ROOMS` lists them so that every room comes after all it may import, which
 * makes the table acyclic.
 */
const ROOMS: Record<string, readonly string[]> = {
  domain: [],
  runtime: ['domain'],
  store: ['domain', 'runtime'],
  http: ['domain', 'runtime'],
  passwords: ['domain', 'runtime'],
  legacy: ['domain', 'runtime'],
  targets: ['domain', 'runtime'],
  writeback: ['domain', 'runtime', 'passwords', 'legacy'],
  exports: ['domain'],
  clients: ['domain', 'runtime', 'store'],
  ledger: ['domain', 'runtime', 'store'],
  login: ['domain', 'runtime', 'store', 'passwords', 'legacy', 'clients', 'ledger', 'targets'],
  migration: ['domain', 'runtime', 'store', 'legacy', 'targets', 'clients', 'ledger'],
  oidc: ['domain', 'runtime', 'store', 'http', 'clients', 'login'],
  report: ['domain', 'legacy', 'clients', 'ledger'],
  inspect: ['domain', 'runtime', 'passwords'],
  admin: [
    'domain',
    'runtime',
    'store',
    'http',
    'passwords',
    'legacy',
    'targets',
    'clients',
    'ledger',
    'report',
    'writeback',
  ],
  config: ['domain', 'runtime'],
  compose: [
    'domain',
    'runtime',
    'store',
    'http',
    'passwords',
    'legacy',
    'targets',
    'clients',
    'ledger',
    'login',
    'migration',
    'oidc',
    'report',
    'writeback',
    'admin',
    'config',
    'inspect',
    'exports',
  ],
  demo: ['domain', 'runtime', 'config', 'compose', 'passwords', 'clients', 'ledger'],
  cli: [
    'domain',
    'runtime',
    'passwords',
    'config',
    'compose',
    'demo',
    'clients',
    'ledger',
    'legacy',
    'targets',
    'store',
    'login',
    'migration',
    'inspect',
    'exports',
    'report',
  ],
  main: ['cli', 'runtime'],
};

/** Libraries that belong to some rooms alone; every other dependency is free. */
const LIBRARY_ROOMS: Record<string, readonly string[]> = {
  'oidc-provider': ['oidc'],
  'openid-client': ['demo', 'admin'],
  'zod-openapi': ['admin'],
  koa: ['http', 'oidc', 'admin', 'compose', 'demo'],
  '@koa/router': ['oidc', 'admin', 'demo'],
  'koa-helmet': ['http'],
  'koa-mount': ['oidc'],
  eta: ['http', 'oidc', 'admin', 'demo'],
  uplot: ['admin'],
  '@node-rs/argon2': ['passwords'],
  '@node-rs/bcrypt': ['passwords'],
  argon2: ['passwords', 'demo'],
  bcryptjs: ['passwords', 'demo'],
  'hash-wasm': ['passwords'],
  koffi: ['passwords'],
  piscina: ['passwords'],
  kysely: ['runtime', 'store', 'clients', 'ledger', 'login', 'oidc', 'targets', 'demo'],
  'better-sqlite3': ['store', 'legacy', 'targets', 'demo', 'exports', 'writeback'],
  'csv-parse': ['exports'],
  mysql2: ['runtime', 'store', 'legacy', 'targets', 'writeback'],
  pg: ['legacy', 'writeback'],
  'libphonenumber-js': ['legacy'],
  'rate-limiter-flexible': ['store'],
  pino: ['runtime'],
  commander: ['cli', 'main'],
  yaml: ['config'],
};

/** Where the outer world is touched, and nowhere else. */
const EDGES: readonly { what: string; pattern: RegExp; allowed: RegExp; instead: string }[] = [
  {
    what: 'await at the top of a module',
    pattern: /^(?:await |(?:export )?(?:const|let) [^\n]*= await )/m,
    allowed: /^main\.ts$/,
    instead: 'make it a function: a thread that ends while it loads such a module ends the process (V8)',
  },
  {
    what: 'process.env',
    pattern: /\bprocess\.env\b/,
    allowed: /^main\.ts$/,
    instead: 'take it as a parameter; main.ts passes the environment in',
  },
  {
    what: 'the clock',
    pattern: /\bDate\.now\(|\bnew Date\(\)/,
    allowed: /^runtime\/clock\.ts$/,
    instead: 'take a Clock (runtime/clock.ts)',
  },
  {
    what: 'randomness',
    pattern: /\bMath\.random\(|\brandomBytes\(|\brandomUUID\(|\brandomInt\(/,
    allowed: /^runtime\/random\.ts$/,
    instead: 'take a Random (runtime/random.ts)',
  },
  { what: 'exit', pattern: /\bprocess\.exit\(/, allowed: /^$/, instead: 'set process.exitCode in main.ts' },
  {
    what: 'console',
    pattern: /\bconsole\./,
    allowed: /^$/,
    instead: 'use the logger, or a command’s output',
  },
];

const JUNK_DRAWERS = /(^|\/)(utils?|helpers?|common|shared|misc|managers?|services?|lib)(\.ts|\/|$)/;
const MAX_LINES = 300;

const source = resolve(import.meta.dirname, '../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(join(source, path), 'utf8') }));

const roomOf = (path: string) =>
  path.includes('/') ? path.slice(0, path.indexOf('/')) : path.replace(/\.ts$/, '');

function importsOf(path: string, text: string): { inner: string[]; packages: string[] } {
  const specifiers = [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]/g),
    ...text.matchAll(/(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g),
    ...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g),
  ].map((match) => match[1] as string);
  return {
    inner: specifiers
      .filter((name) => name.startsWith('.'))
      .map((name) => relative(source, resolve(source, dirname(path), name))),
    packages: specifiers
      .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
  };
}

/** `options.ts` is how a room documents its switches: config may read all of them, a connector's through its room's. */
const isOptions = (path: string) => path.endsWith('/options.ts');

function importFault(path: string, target: string): string | undefined {
  const [from, to] = [roomOf(path), roomOf(target)];
  if (target.startsWith('..')) return `${path} reaches outside src (${target}).`;
  if (from === to) return undefined;
  if (from === 'config' && isOptions(target)) return undefined;
  if (!ROOMS[from]?.includes(to)) return `${path} imports ${target}: ${from} may not know ${to}.`;
  const depth = target.split('/').length;
  if (depth > 2 && from !== 'compose') return `${path} imports ${target}, which is private to ${to}.`;
  return undefined;
}

describe('The house', () => {
  test('has only rooms that the import table names, each listed after all it may import.', () => {
    expect([...new Set(files.map(({ path }) => roomOf(path)))].filter((room) => !(room in ROOMS))).toEqual(
      [],
    );
    const order = Object.keys(ROOMS);
    for (const [room, imports] of Object.entries(ROOMS)) {
      for (const name of imports)
        expect(order.indexOf(name), `${room} -> ${name}`).toBeLessThan(order.indexOf(room));
    }
  });

  test('keeps the request half and the background half apart: they meet in the ledger.', () => {
    const reach = (room: string): Set<string> =>
      new Set([room, ...(ROOMS[room] ?? []).flatMap((next) => [...reach(next)])]);
    expect([...reach('oidc')]).not.toContain('migration');
    expect([...reach('migration')]).not.toContain('login');
    expect([...reach('migration')]).not.toContain('oidc');
    expect([...reach('migration')]).not.toContain('passwords');
  });

  test('imports along the table alone, type imports included.', () => {
    const faults = files.flatMap(({ path, text }) =>
      importsOf(path, text).inner.flatMap((target) => importFault(path, target) ?? []),
    );
    expect(faults).toEqual([]);
  });

  test('has no cycles between files.', () => {
    const graph = new Map(files.map(({ path, text }) => [path, importsOf(path, text).inner]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: string[]): void => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      if (done.has(path) || trail.includes(path)) return;
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const { path } of files) visit(path, []);
    expect(cycles).toEqual([]);
  });

  test('uses a library only in the rooms it was chosen for.', () => {
    const faults = files.flatMap(({ path, text }) =>
      importsOf(path, text)
        .packages.filter((name) => LIBRARY_ROOMS[name] && !LIBRARY_ROOMS[name].includes(roomOf(path)))
        .map((name) => `${path} imports ${name}, which belongs to ${LIBRARY_ROOMS[name]?.join(', ')}.`),
    );
    expect(faults).toEqual([]);
  });

  test('touches environment, clock, randomness, exit and console only at their edges.', () => {
    const faults = files.flatMap(({ path, text }) =>
      EDGES.filter(({ pattern, allowed }) => pattern.test(withoutComments(text)) && !allowed.test(path)).map(
        ({ what, instead }) => `${path} touches ${what}: ${instead}.`,
      ),
    );
    expect(faults).toEqual([]);
  });

  test('has no junk drawers and no file of more than 300 lines.', () => {
    expect(files.filter(({ path }) => JUNK_DRAWERS.test(path)).map(({ path }) => path)).toEqual([]);
    expect(files.filter(({ text }) => text.split('\n').length > MAX_LINES).map(({ path }) => path)).toEqual(
      [],
    );
  });
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '');
}
