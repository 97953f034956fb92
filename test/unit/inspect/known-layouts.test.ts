import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Credential } from '../../../src/domain/credential.ts';
import type { TableDefinition } from '../../../src/exports/export.ts';
import { loadExport } from '../../../src/exports/load-export.ts';
import { openExport } from '../../../src/exports/open-export.ts';
import { KNOWN_LAYOUTS } from '../../../src/inspect/known/all.ts';
import type { LayoutAnswer, Seen } from '../../../src/inspect/known-layout.ts';
import { recognise } from '../../../src/inspect/recognise.ts';
import type { LegacyDirectory } from '../../../src/legacy/directory.ts';
import { legacyOptions } from '../../../src/legacy/options.ts';
import { createSqliteDirectory } from '../../../src/legacy/sqlite/create-sqlite-directory.ts';
import { transcode } from '../../../src/passwords/charsets/transcode.ts';
import { identify } from '../../../src/passwords/identify/identify.ts';
import { schemeList } from '../../../src/passwords/options.ts';
import { createLogger } from '../../../src/runtime/logger.ts';

interface Person {
  readonly logins: readonly string[];
  readonly password: string;
}
interface Fixture {
  readonly software: string;
  readonly table: string;
  readonly needsView?: boolean;
  /** Names in rows that are not people of the directory. */
  readonly nobody?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly people: readonly (Person & { readonly claims: Readonly<Record<string, unknown>> })[];
  readonly refused: readonly (Person & { readonly why: string })[];
}

const shapes = new URL('../../fixtures/shapes/', import.meta.url);
const fixtures = JSON.parse(readFileSync(new URL('people.json', shapes), 'utf8')) as Record<string, Fixture>;

async function readTables(name: string): Promise<TableDefinition[]> {
  const tables = new Map<string, TableDefinition>();
  const reader = await openExport(new URL(`${name}.sql`, shapes).pathname);
  for await (const event of reader.events) {
    if (event.kind === 'table' || event.kind === 'altered') tables.set(event.table.name, event.table);
    if (event.kind === 'fault') throw new Error(`Line ${event.line}: ${event.reason}`);
  }
  return [...tables.values()];
}

function seenIn(database: Database.Database, table: string, column: string): Seen {
  const texts = database
    .prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`)
    .all()
    .flatMap((row) => (typeof row[column] === 'string' ? [row[column]] : []));
  return (pattern) => texts.some((text) => pattern.test(text));
}

async function isTheirPassword(credential: Credential, password: string): Promise<boolean> {
  const identified = identify(credential);
  if (identified.kind !== 'readable') return false;
  const { bytes, faithful } = transcode(Buffer.from(password), credential.charset ?? 'utf8');
  return faithful && (await identified.hash.verify(bytes));
}

describe.each(Object.entries(fixtures))('A dump of %s', (name, fixture) => {
  let directory: string;
  let tables: TableDefinition[];
  let answer: LayoutAnswer;
  let legacy: LegacyDirectory;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'shapes-'));
    const file = join(directory, 'legacy.sqlite');
    tables = await readTables(name);
    await loadExport(await openExport(new URL(`${name}.sql`, shapes).pathname), file, { replace: false });
    const found = recognise(tables);
    if (found === undefined) throw new Error(`${name} is not recognised.`);
    const database = new Database(file);
    const blind = found.layout.legacy(found.match, () => false).legacy as { password: { column: string } };
    const seen = seenIn(database, found.match.table.name, blind.password.column);
    answer = found.layout.legacy(found.match, seen);
    if (answer.view !== undefined) database.exec(answer.view.sql);
    database.close();
    const written = JSON.stringify({ ...answer.legacy, kind: 'sqlite', url: `sqlite:${file}` });
    const replaced = written.replaceAll(/\$\{(\w+)\}/g, (_, key) => fixture.environment?.[key] ?? '');
    legacy = createSqliteDirectory(legacyOptions.parse(JSON.parse(replaced)), {
      logger: createLogger('silent'),
      clock: () => Date.parse('2026-01-01T00:00:00Z'),
    });
  });

  afterAll(async () => {
    await legacy?.close();
    rmSync(directory, { recursive: true });
  });

  test('is recognised by one layout and by no other.', () => {
    const matches = KNOWN_LAYOUTS.flatMap(({ software, match }) => (match(tables) ? [software] : []));
    expect(matches).toHaveLength(1);
    expect(recognise(tables)?.match.table.name).toBe(fixture.table);
    expect(answer.view !== undefined).toBe(fixture.needsView ?? false);
    expect(answer.notes.length).toBeGreaterThan(0);
  });

  test.each(fixture.people)(
    'lets $logins.0 in, with the claims of the row.',
    { timeout: 30_000 },
    async (person) => {
      for (const login of person.logins) {
        const found = await legacy.find(login);
        if (found.kind !== 'found') throw new Error(`${login}: ${found.kind}`);
        expect(found.user.status).toBe('active');
        expect(found.user.profile).toMatchObject(person.claims);
        if (login !== person.logins[0]) continue;
        expect(await isTheirPassword(found.user.credential, person.password)).toBe(true);
      }
    },
  );

  test("names schemes that do not stand in each other's way.", () => {
    const { scheme } = legacyOptions.shape.password.parse((answer.legacy as { password: unknown }).password);
    const all = typeof scheme === 'object' && 'map' in scheme ? Object.values(scheme.map) : [scheme];
    for (const one of all) expect(schemeList.safeParse([one].flat()).error).toBeUndefined();
  });

  test('knows nobody in the rows that are not people.', async () => {
    for (const login of fixture.nobody ?? []) expect(await legacy.find(login)).toEqual({ kind: 'none' });
  });

  test('lets nobody in by another password.', { timeout: 30_000 }, async () => {
    const found = await legacy.find(fixture.people[1]?.logins[0] ?? '');
    if (found.kind !== 'found') throw new Error(found.kind);
    expect(await isTheirPassword(found.user.credential, `${fixture.people[1]?.password}.`)).toBe(false);
  });

  test('knows who may not log in.', { timeout: 30_000 }, async () => {
    for (const { logins, password } of fixture.refused) {
      const found = await legacy.find(logins[0] ?? '');
      if (found.kind !== 'found') throw new Error(`${logins[0]}: ${found.kind}`);
      expect(['disabled', 'locked']).toContain(found.user.status);
      expect(await isTheirPassword(found.user.credential, password)).toBe(true);
    }
  });
});
