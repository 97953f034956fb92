import { expect, test } from 'vitest';
import { allRoutes, allStreams } from '../../../src/admin/api/routes.ts';
import type { StewardsDesk } from '../../../src/admin/desk.ts';
import { createCsrf } from '../../../src/http/csrf.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { startAdmin } from '../../support/admin-world.ts';

const routes = allRoutes({} as StewardsDesk, createCsrf(Buffer.alloc(32), 'http://127.0.0.1:4001'));

const streams = allStreams({} as StewardsDesk, createLogger('silent'));

interface Operation {
  readonly operationId: string;
  readonly security: readonly Record<string, readonly string[]>[];
  readonly parameters?: readonly { name: string; in: string; required?: boolean }[];
  readonly requestBody?: { content: Record<string, { schema: object }> };
  readonly responses: Record<string, { content?: Record<string, { schema: object }>; headers?: object }>;
}

async function documentOf(): Promise<{
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
}> {
  const world = await startAdmin();
  const { text } = await world.send('GET', '/api/v1/openapi.json', {});
  await world.close();
  return JSON.parse(text);
}

test('The document is OpenAPI 3.1, and every route is in it with its scope, its parameters and its answers.', async () => {
  const document = await documentOf();
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(document.servers).toEqual([{ url: '/api/v1' }]);
  expect(Object.keys(document.components.securitySchemes)).toEqual(['program', 'browser']);
  for (const one of routes) {
    const operation = document.paths[one.path]?.[one.method.toLowerCase()];
    expect(operation?.operationId).toBe(one.id);
    const named = [...one.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const inPath = operation?.parameters?.filter((parameter) => parameter.in === 'path') ?? [];
    expect(inPath.map(({ name }) => name)).toEqual(named);
    const headers = operation?.parameters?.filter((parameter) => parameter.in === 'header') ?? [];
    expect(headers.some(({ name, required }) => name === 'If-Match' && required)).toBe(
      one.versioned === true && one.method !== 'GET',
    );
    expect(operation?.requestBody !== undefined).toBe(one.body !== undefined);
    expect(operation?.security[0]?.program).toHaveLength(1);
    expect(operation?.responses.default?.content).toHaveProperty(['application/problem+json']);
    const good = operation?.responses[one.response === undefined ? '204' : String(one.status ?? 200)];
    expect(good?.content !== undefined).toBe(one.response !== undefined);
  }
  const documented = Object.values(document.paths).flatMap((operations) => Object.values(operations));
  expect(documented).toHaveLength(routes.length + streams.length);
  expect(new Set(documented.map(({ operationId }) => operationId)).size).toBe(documented.length);
  for (const { path, id } of streams) {
    const operation = document.paths[path]?.get;
    expect(operation?.operationId).toBe(id);
    expect(operation?.responses['200']?.content).toHaveProperty(['text/event-stream']);
  }
});

test('Every reference of the document leads somewhere in it.', async () => {
  const document = await documentOf();
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    ([, path]) => path ?? '',
  );
  expect(references.length).toBeGreaterThan(5);
  for (const path of references) {
    expect(
      path.split('/').reduce<unknown>((value, key) => Object(value)[key], document),
      path,
    ).toBeDefined();
  }
});

test('What only looks is allowed to who may read; what changes something is not.', () => {
  const looks = routes.filter(({ method, scope }) => method !== 'GET' && scope === 'admin:read');
  expect(looks.map(({ id }) => id)).toEqual([
    'previewClientMode',
    'checkTarget',
    'takeSchemeCensus',
    'runChecks',
  ]);
});
