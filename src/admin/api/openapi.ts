import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { problem } from './problem.ts';
import { isWrite, type Route, scopeOf } from './route.ts';
import { BASE_PATH } from './serve.ts';
import type { Stream } from './stream.ts';

const ifMatch = z.string().describe('The ETag of the answer that was looked at.');
const idempotencyKey = z
  .string()
  .min(1)
  .max(255)
  .optional()
  .describe(
    'The same key and request get the same answer for a day; another request with it is refused (422).',
  );

/**
 * The OpenAPI 3.1 document of these routes, made of the schemas that check them.
 *
 * @param issuer whose token endpoint gives programs their tokens
 */
export function openApiOf(
  routes: readonly Route[],
  streams: readonly Stream[],
  issuer: string,
  version: string,
): object {
  const paths: Record<string, ZodOpenApiPathsObject[string]> = {};
  for (const one of routes) {
    paths[one.path] = { ...paths[one.path], [one.method.toLowerCase()]: operationOf(one) };
  }
  for (const one of streams) paths[one.path] = { ...paths[one.path], get: streamOf(one) };
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Footbridge admin API',
      version,
      description:
        'Every list is paged by key; every edit names the version it changes; every error is a problem (RFC 9457).',
    },
    servers: [{ url: BASE_PATH }],
    paths,
    components: {
      securitySchemes: {
        program: {
          type: 'oauth2',
          flows: {
            clientCredentials: {
              tokenUrl: `${issuer}/token`,
              scopes: {
                'admin:read': 'Look at everything.',
                'admin:write': 'Change what can be changed.',
                'passwords:write': 'Write changed passwords back to the legacy table, and nothing else.',
              },
            },
          },
        },
        browser: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-footbridge_admin',
          description:
            'Of a person who logged in; writes need the csrf_token of GET /session as X-CSRF-Token.',
        },
      },
    },
  });
}

function streamOf({ id, summary, tag, response }: Stream): ZodOpenApiOperationObject {
  return {
    operationId: id,
    summary,
    tags: [tag],
    security: [{ program: ['admin:read'] }, { browser: [] }],
    responses: {
      '200': {
        description: 'Events as they come; the schema is that of their data.',
        content: { 'text/event-stream': { schema: response } },
      },
      default: refused,
    },
  };
}

const refused = {
  description: 'It was not done; the problem says why.',
  content: { 'application/problem+json': { schema: problem } },
};

function operationOf(one: Route): ZodOpenApiOperationObject {
  const edits = one.versioned && isWrite(one);
  const header = z.object({
    ...(edits ? { 'If-Match': ifMatch } : {}),
    ...(isWrite(one) && !one.unkept ? { 'Idempotency-Key': idempotencyKey } : {}),
  });
  const etag = z.string().describe('The version, for If-Match.');
  return {
    operationId: one.id,
    summary: one.summary,
    tags: [one.tag],
    security: [{ program: [scopeOf(one)] }, { browser: [] }],
    requestParams: {
      ...(one.params === undefined ? {} : { path: one.params }),
      ...(one.query === undefined ? {} : { query: one.query }),
      ...(isWrite(one) ? { header } : {}),
    },
    ...(one.body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: one.body } } } }),
    responses: {
      [one.response === undefined ? '204' : String(one.status ?? 200)]: {
        description: one.response === undefined ? 'Done.' : 'Done; this is how it is now.',
        ...(one.versioned && one.response !== undefined ? { headers: z.object({ ETag: etag }) } : {}),
        ...(one.response === undefined ? {} : { content: { 'application/json': { schema: one.response } } }),
      },
      default: refused,
    },
  };
}
