import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import type { z } from 'zod';
import type { Csrf } from '../../http/csrf.ts';
import type { Caller } from '../caller.ts';
import { etagOf, requireIfMatch } from './etag.ts';
import type { Idempotency, KeptAnswer } from './idempotency.ts';
import { readJson } from './json-body.ts';
import { InvalidInput, type ProblemFault } from './problem.ts';
import { type Answer, isWrite, type Route, scopeOf } from './route.ts';
import { type Stream, serveStream } from './stream.ts';

export const BASE_PATH = '/api/v1';
/** Of the tokens that scripts of our own pages send with writes. */
export const CSRF_PURPOSE = 'admin';

export interface ApiDeps {
  readonly routes: readonly Route[];
  /** @throws Refusal 401 or 403 */
  readonly authorize: (ctx: Context, scope: ReturnType<typeof scopeOf>) => Promise<Caller>;
  readonly csrf: Csrf;
  readonly idempotency: Idempotency;
  readonly streams: readonly Stream[];
  /** Aborted when the process ends. */
  readonly closing: AbortSignal;
}

/** Serves routes: each request goes through the same steps, in the order of `answer`. */
export function serveRoutes(deps: ApiDeps): Middleware[] {
  const router = new Router({ prefix: BASE_PATH });
  for (const one of deps.routes) {
    const path = one.path.replaceAll(/\{(\w+)\}/g, ':$1');
    router.register(path, [one.method], (ctx) => answer(ctx as unknown as Context, one, deps));
  }
  for (const one of deps.streams) {
    router.get(one.path, (ctx) => serveStream(ctx as unknown as Context, one, deps));
  }
  return [router.routes() as unknown as Middleware, router.allowedMethods() as unknown as Middleware];
}

async function answer(ctx: Context, one: Route, { authorize, csrf, idempotency }: ApiDeps): Promise<void> {
  const caller = await authorize(ctx, scopeOf(one));
  if (isWrite(one) && caller.session !== undefined) {
    csrf.check(ctx, CSRF_PURPOSE, caller.session.id, Buffer.from(ctx.get('X-CSRF-Token')));
  }
  const key = idempotencyKey(ctx, one);
  const version = one.versioned && isWrite(one) ? requireIfMatch(ctx) : -1;
  const json = one.body === undefined ? undefined : await readJson(ctx);
  const input = parsed([
    ['path', one.params, ctx.params],
    ['query', one.query, ctx.query],
    ['body', one.body, json?.value],
  ]);
  const [params = {}, query = {}, body] = input as [
    Record<string, unknown>?,
    Record<string, unknown>?,
    unknown?,
  ];
  const work = async () => toAnswer(one, await one.handle({ params, query, body, version, caller }));
  if (key === undefined) return send(ctx, await work());

  const request = [one.method, ctx.path, ctx.querystring, ctx.get('If-Match'), json?.bytes ?? ''];
  const { replayed, ...kept } = await idempotency.once([caller.actor, key], request, work);
  if (replayed) ctx.set('Idempotency-Replayed', 'true');
  send(ctx, kept);
}

function idempotencyKey(ctx: Context, one: Route): string | undefined {
  const key = ctx.get('Idempotency-Key');
  if (key === '' || !isWrite(one) || one.unkept) return undefined;
  if (/^[\x20-\x7e]{1,255}$/.test(key)) return key;
  const message = 'must be 1 to 255 visible ASCII characters';
  throw new InvalidInput([{ in: 'header', path: 'Idempotency-Key', message }]);
}

/** @throws InvalidInput with the faults of all parts at once */
function parsed(parts: readonly (readonly [string, z.ZodType | undefined, unknown])[]): unknown[] {
  const faults: ProblemFault[] = [];
  const values = parts.map(([where, schema, value]) => {
    if (schema === undefined) return undefined;
    const result = schema.safeParse(value);
    for (const { path, message } of result.error?.issues ?? []) {
      faults.push({ in: where, path: path.map(String).join('.'), message });
    }
    return result.data;
  });
  if (faults.length > 0) throw new InvalidInput(faults);
  return values;
}

function toAnswer(one: Route, { body, version, location: at }: Answer<unknown>): KeptAnswer {
  const etag = version === undefined ? undefined : etagOf(version);
  const location = at && BASE_PATH + at;
  if (one.response === undefined) return { status: 204, body: undefined, etag, location };
  const result = one.response.safeParse(body);
  if (result.success) return { status: one.status ?? 200, body: JSON.stringify(result.data), etag, location };
  const places = result.error.issues.map(({ path, code }) => `${path.map(String).join('.')} (${code})`);
  throw new TypeError(`The answer of ${one.id} is not what it is documented to be: ${places.join(', ')}`);
}

function send(ctx: Context, { status, body, etag, location }: KeptAnswer): void {
  ctx.status = status;
  ctx.set('Cache-Control', 'no-store');
  if (etag !== undefined) ctx.set('ETag', etag);
  if (location !== undefined) ctx.set('Location', location);
  if (body === undefined) return;
  ctx.body = body;
  ctx.type = 'application/json';
}
