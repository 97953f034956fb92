import { expect, test } from 'vitest';
import { allPages } from '../../../src/admin/console/pages.ts';
import type { StewardsDesk } from '../../../src/admin/desk.ts';
import { createCheckWork } from '../../../src/admin/work/checks.ts';
import { startAdmin } from '../../support/admin-world.ts';

/** What gives a program the same as each page of the console, and does the same as each form. */
const TABLE: Readonly<Record<string, readonly string[]>> = {
  'GET /': [
    'GET /progress',
    'GET /progress/series',
    'GET /events',
    'GET /clients',
    'GET /targets',
    'GET /runs',
    'GET /audit',
  ],
  'GET /clients': ['GET /clients'],
  'GET /clients/new': ['GET /targets', 'GET /setup'],
  'POST /clients/new': ['POST /clients', 'GET /clients/{client_id}/setup'],
  'GET /clients/{client_id}': [
    'GET /clients/{client_id}',
    'GET /clients/{client_id}/mode',
    'GET /clients/{client_id}/mode/undo',
    'GET /clients/{client_id}/shadow',
    'GET /clients/{client_id}/setup',
    'GET /clients',
    'GET /audit',
  ],
  'GET /clients/{client_id}/app': [
    'GET /clients/{client_id}/mode',
    'GET /clients/{client_id}/mode/undo',
    'GET /clients/{client_id}/setup',
  ],
  'POST /clients/{client_id}/preview': ['POST /clients/{client_id}/mode/preview'],
  'POST /clients/{client_id}/switch': ['PUT /clients/{client_id}/mode'],
  'POST /clients/{client_id}/undo': ['POST /clients/{client_id}/mode/undo'],
  'POST /clients/{client_id}/shadow/clear': ['DELETE /clients/{client_id}/shadow'],
  'GET /clients/{client_id}/setup': ['GET /clients/{client_id}/setup'],
  'GET /clients/{client_id}/edit': ['GET /clients/{client_id}'],
  'POST /clients/{client_id}/edit': ['PUT /clients/{client_id}'],
  'POST /clients/{client_id}/secret': ['POST /clients/{client_id}/secret'],
  'POST /clients/{client_id}/remove': ['DELETE /clients/{client_id}'],
  'GET /people': ['GET /people/search'],
  'GET /people/{directory}/{legacyId}': ['GET /people/{directory}/{legacyId}', 'GET /targets'],
  'POST /people/{directory}/{legacyId}/retry': ['POST /people/{directory}/{legacyId}/retry'],
  'POST /people/{directory}/{legacyId}/copy': ['POST /people/{directory}/{legacyId}/copy'],
  'POST /people/{directory}/{legacyId}/park': ['POST /people/{directory}/{legacyId}/park'],
  'POST /people/{directory}/{legacyId}/exclude': ['POST /people/{directory}/{legacyId}/exclude'],
  'POST /people/{directory}/{legacyId}/forget': ['POST /people/{directory}/{legacyId}/forget'],
  'POST /people/{directory}/{legacyId}/revoke': ['POST /people/{directory}/{legacyId}/revoke'],
  'GET /problems': ['GET /problems'],
  'GET /problems/people': ['GET /ledger', 'GET /ledger/counts', 'GET /problems'],
  'POST /problems/retry': ['POST /ledger/retry'],
  'POST /problems/resume': ['POST /targets/{target}/resume'],
  'GET /passwords': ['GET /schemes/census', 'GET /schemes/unverifiable'],
  'POST /passwords': ['POST /schemes/census'],
  'GET /passwords/schemes': ['GET /schemes'],
  'GET /targets': ['GET /targets'],
  'GET /targets/{target}': ['GET /targets/{target}'],
  'POST /targets/{target}': ['POST /targets/{target}/check'],
  'POST /targets/{target}/pause': ['POST /targets/{target}/pause'],
  'POST /targets/{target}/resume': ['POST /targets/{target}/resume'],
  'GET /runs': ['GET /runs', 'GET /events'],
  'GET /runs/new': ['GET /targets'],
  'GET /runs/{run}': ['GET /runs/{run}', 'GET /events'],
  'POST /runs/backfill': ['POST /runs/backfill'],
  'POST /runs/sync': ['POST /runs/sync'],
  'POST /runs/{run}/stop': ['POST /runs/{run}/stop'],
  'POST /runs/{run}/resume': ['POST /runs/{run}/resume'],
  'POST /runs/{run}/accept': ['POST /runs/{run}/accept'],
  'GET /report': ['GET /targets'],
  'POST /report': ['GET /report'],
  'GET /checks': ['GET /checks'],
  'POST /checks': ['POST /checks'],
  'GET /audit': ['GET /audit'],
  'GET /keys': ['GET /keys'],
  'POST /keys': ['POST /keys'],
};

test('Whatever the console shows and does can be had by the API.', async () => {
  const desk = {} as StewardsDesk;
  const entries = allPages(desk, createCheckWork(desk)).map(({ method, path }) => `${method} ${path}`);
  expect(Object.keys(TABLE).sort(), 'one line for each page and each form').toEqual(entries.sort());

  const world = await startAdmin();
  const { paths } = JSON.parse((await world.send('GET', '/api/v1/openapi.json', {})).text) as {
    paths: Record<string, Record<string, unknown>>;
  };
  await world.close();
  const documented = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  for (const [page, routes] of Object.entries(TABLE)) {
    expect(routes, page).not.toEqual([]);
    for (const route of routes) expect(documented, page).toContain(route);
  }
});
