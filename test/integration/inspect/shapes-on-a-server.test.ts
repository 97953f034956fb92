import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { proposeConfiguration } from '../../../src/inspect/configuration.ts';
import { inspect } from '../../../src/inspect/inspect.ts';
import { createMysqlDirectory } from '../../../src/legacy/mysql/create-mysql-directory.ts';
import { createMysqlTables } from '../../../src/legacy/mysql/create-mysql-tables.ts';
import { legacyOptions } from '../../../src/legacy/options.ts';
import { identify } from '../../../src/passwords/identify/identify.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { dumpOf, SHAPES } from '../../support/shapes.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

test.each(SHAPES)(
  'On a real server the tables of %s are understood, and everybody is found.',
  async (name, shape) => {
    await database.admin.query(dumpFor(database.kind, name));
    const url = await database.accountWith('SELECT');
    const source = createMysqlTables(url);
    const inspection = await inspect(source, { maxRows: 100 });
    await source.close();
    expect(inspection).toMatchObject({
      software: expect.stringContaining(shape.software),
      table: { name: shape.table },
    });
    if (inspection.view !== undefined) await database.admin.query(inspection.view.sql);

    const place = { kind: 'mysql', url } as const;
    const { configuration } = proposeConfiguration(inspection, place, {
      issuer: 'http://localhost:4000',
      folder: '.',
    });
    const { legacy } = JSON.parse(withSecrets(configuration, shape.environment)) as { legacy: unknown };
    const directory = createMysqlDirectory(legacyOptions.parse(legacy), {
      logger: createLogger('silent'),
      clock: systemClock,
    });
    try {
      const errors = (await directory.check()).filter(({ level }) => level === 'error');
      expect(errors).toEqual([]);
      for (const { logins, claims } of shape.people) {
        for (const login of logins) {
          const found = await directory.find(login);
          if (found.kind !== 'found') throw new Error(`${login}: ${found.kind}`);
          expect(found.user.status).toBe('active');
          expect(found.user.profile).toMatchObject(claims);
          const { encoded: _, ...credential } = found.user.credential;
          expect(identify(found.user.credential), JSON.stringify([login, credential])).toMatchObject({
            kind: 'readable',
          });
        }
      }
      for (const { logins } of shape.refused) {
        const found = await directory.find(logins[0] ?? '');
        expect(found.kind === 'found' && found.user.status).not.toBe('active');
      }
    } finally {
      await directory.close();
    }
  },
);

/** MySQL 8's own collation, which MariaDB 10 does not know, has a twin there. */
function dumpFor(kind: TestDatabase['kind'], name: string): string {
  const dump = readFileSync(dumpOf(name), 'utf8');
  return kind === 'mysql' ? dump : dump.replaceAll('utf8mb4_0900_ai_ci', 'utf8mb4_unicode_520_ci');
}

function withSecrets(configuration: object, environment: Readonly<Record<string, string>> = {}): string {
  return JSON.stringify(configuration).replaceAll(/\$\{(\w+)\}/g, (_, key: string) => environment[key] ?? '');
}
