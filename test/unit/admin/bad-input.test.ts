import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { allRoutes } from '../../../src/admin/api/routes.ts';
import type { StewardsDesk } from '../../../src/admin/desk.ts';
import { clientMetadata } from '../../../src/clients/client.ts';
import { createCsrf } from '../../../src/http/csrf.ts';
import { type AdminWorld, startAdmin } from '../../support/admin-world.ts';
import { nearly } from '../../support/from-schema.ts';
import { legacyUser, loginOf } from '../../support/test-courier.ts';

const RUNS = 40;

let world: AdminWorld;
beforeAll(async () => {
  world = await startAdmin();
  const anna = legacyUser(7);
  world.directory.users.set('7', anna);
  world.directory.find = async (name) => (name === '7' ? { kind: 'found', user: anna } : { kind: 'none' });
});
afterAll(() => world.close());

/** Whether the client is there, in its first version. */
async function register(isThere: boolean) {
  if ((await world.clients.find('idp')) !== undefined) await world.clients.remove('idp', 'test');
  const metadata = clientMetadata.parse({ client_id: 'idp', redirect_uris: ['https://idp.example.com/'] });
  if (isThere) await world.clients.add(metadata, { target: 'new', mode: 'off', percent: 100 }, 'test');
}

const routes = allRoutes({} as StewardsDesk, createCsrf(Buffer.alloc(32), 'http://127.0.0.1:4001'));
const jsonSchema = (schema: z.ZodType | undefined) =>
  schema === undefined
    ? { type: 'object' }
    : (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as object);

/** As a browser or program would put it into a URL; what cannot be put there is left out. */
function inUrl(value: unknown): string {
  try {
    return encodeURIComponent(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
  } catch {
    return '%FF';
  }
}

describe('Whatever comes in, the answer is what is documented, or a problem that says why, and never a fault:', () => {
  test.each(routes.map((one) => [one.id, one] as const))('%s', async (_id, one) => {
    const request = fc.record({
      params: nearly(jsonSchema(one.params)),
      query: nearly(jsonSchema(one.query)),
      body: nearly(jsonSchema(one.body)),
      ifMatch: fc.constantFrom('"1"', '"1"', '"1"', '"2"', '*', 'W/"1"', 'x'),
      key: fc.constantFrom(null, null, null, null, 'k', 'l'),
      isThere: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ params, query, body, ifMatch, key, isThere }) => {
        await register(isThere);
        await world.ledger.capture(loginOf(legacyUser(7)));
        const values = Object(params) as Record<string, unknown>;
        const path = one.path.replaceAll(
          /\{(\w+)\}/g,
          (_, name: string) => inUrl(values[name] ?? '7') || '%20',
        );
        const pairs = Object.entries(Object(query) as object).map(
          ([name, value]) => `${inUrl(name)}=${inUrl(value)}`,
        );
        const answer = await world.api(one.method, `${path}?${pairs.join('&')}`, {
          headers: { 'If-Match': ifMatch, ...(key === null ? {} : { 'Idempotency-Key': key }) },
          ...(one.body === undefined ? {} : { body }),
        });
        expect(answer.status, `${answer.text}\n${world.logLines.slice(-2).join('\n')}`).toBeLessThan(500);
        if (answer.status >= 400) {
          expect(answer.headers.get('content-type')).toBe('application/problem+json');
          expect(answer.json).toMatchObject({
            status: answer.status,
            detail: expect.stringMatching(/\.$|says where/),
          });
        }
      }),
      { numRuns: RUNS },
    );
  });
});

test('What is no JSON, too large, too deep, of another type or cut off is refused with its reason.', async () => {
  const post = (body: string | Buffer, type = 'application/json') =>
    world.send(
      'POST',
      '/api/v1/clients',
      { Authorization: 'Bearer reads-and-writes', 'Content-Type': type },
      body as string,
    );
  expect((await post('{')).status).toBe(400);
  expect((await post('')).status).toBe(400);
  expect((await post(Buffer.from([0x22, 0xff, 0x22]))).status).toBe(400);
  expect((await post('{}', 'text/plain')).status).toBe(415);
  expect((await post('['.repeat(30_000) + ']'.repeat(30_000))).text).toContain('levels deep');
  expect((await post(`"${'x'.repeat(70_000)}"`)).status).toBe(413);
  expect((await post('{"__proto__":{"client_id":"x"}}')).status).toBe(400);
});

test('Every fault of a request is said at once, with its place.', async () => {
  const { status, json } = await world.api('POST', '/clients', { body: { client_id: 'ä', colour: 1 } });
  expect(status).toBe(400);
  expect(json).toMatchObject({ type: 'urn:footbridge:problem:invalid_input', title: 'Bad Request' });
  expect(json.errors.map(({ in: where, path }: { in: string; path: string }) => `${where} ${path}`)).toEqual(
    expect.arrayContaining(['body client_id', 'body ']),
  );
});

test('An address or method that is not there is a problem too.', async () => {
  expect((await world.api('GET', '/nothing')).json).toMatchObject({ status: 404, code: 'not_found' });
  const wrong = await world.api('DELETE', '/audit');
  expect(wrong).toMatchObject({ status: 405, json: { code: 'method_not_allowed' } });
  expect(wrong.headers.get('allow')).toContain('GET');
  expect((await world.api('GET', '/clients/%E0%A4%A')).status).toBe(404);
});
