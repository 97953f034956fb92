import type { Middleware } from 'koa';

/** How long a part may take to answer, in milliseconds. */
const PART_TIMEOUT_MS = 2_000;

export interface HealthPart {
  readonly name: string;
  /** Whether the bridge is of no use without it. */
  readonly required: boolean;
  /** Rejects when the part does not answer. */
  check(): Promise<unknown>;
}

/**
 * `/healthz`: the process is up. `/readyz`: 200 when every required part answers, else 503, with all parts in JSON. A
 * legacy directory that is out belongs among the parts that are not required: the bridge then says so to people who
 * log in, and its tokens and keys go on working, so taking the instance out of rotation would make it worse.
 */
export function healthRoutes(parts: readonly HealthPart[]): Middleware {
  let underway: ReturnType<typeof look> | undefined;
  return async (ctx, next) => {
    const reads = ctx.method === 'GET' || ctx.method === 'HEAD';
    if (!reads || (ctx.path !== '/healthz' && ctx.path !== '/readyz')) return next();
    ctx.set('Cache-Control', 'no-store');
    if (ctx.path === '/healthz') {
      ctx.body = { healthy: true };
      return;
    }
    // Everybody who asks at the same time gets the same look, so that asking often costs the store nothing.
    underway ??= look(parts).finally(() => {
      underway = undefined;
    });
    const report = await underway;
    ctx.status = report.ready ? 200 : 503;
    ctx.body = report;
  };
}

async function look(parts: readonly HealthPart[]) {
  const found = await Promise.all(
    parts.map(async ({ name, required, check }) => ({ name, required, ok: await answers(check) })),
  );
  return { ready: found.every(({ ok, required }) => ok || !required), parts: found };
}

async function answers(check: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((done) => {
    timer = setTimeout(() => done(false), PART_TIMEOUT_MS);
  });
  try {
    return await Promise.race([check().then(() => true), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
