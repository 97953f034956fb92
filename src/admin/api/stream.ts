import { PassThrough } from 'node:stream';
import type { Context } from 'koa';
import type { z } from 'zod';
import type { AdminScope } from '../../clients/client.ts';
import { Refusal } from '../../http/refusal.ts';
import type { Feed } from './feed.ts';

/** An operation whose answer does not end: server-sent events (HTML Living Standard, section 9.2). */
export interface Stream {
  readonly path: string;
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  /** The name of its events. */
  readonly event: string;
  /** Of the events' data. What it does not name never leaves. */
  readonly response: z.ZodType;
  readonly feed: Feed<unknown>;
}

/** Gives a stream its types, and forgets them. */
export function stream<R extends z.ZodType>(
  spec: Omit<Stream, 'response' | 'feed'> & { readonly response: R; readonly feed: Feed<z.input<R>> },
): Stream {
  return spec as unknown as Stream;
}

const MOST_LISTENERS = 50;
const HEARTBEAT_MS = 15_000;
/** When a browser that lost the connection comes again. */
const COME_AGAIN_MS = 3_000;
/** Somebody who reads so slowly is cut off, and comes again. */
const MOST_UNREAD_BYTES = 256 * 1024;

export interface StreamDeps {
  /** @throws Refusal 401 or 403 */
  readonly authorize: (ctx: Context, scope: AdminScope) => Promise<unknown>;
  readonly closing: AbortSignal;
}

/**
 * Whoever listens is asked again with every heartbeat who they are, so that a stream ends with the session or the token
 * that opened it.
 *
 * @throws Refusal 401, 403, or 503 when too many listen
 */
export async function serveStream(
  ctx: Context,
  { event, response, feed }: Stream,
  { authorize, closing }: StreamDeps,
): Promise<void> {
  const scope: AdminScope = 'admin:read';
  await authorize(ctx, scope);
  if (feed.listeners >= MOST_LISTENERS || closing.aborted) {
    throw new Refusal(503, 'overloaded', 'Too many listen to this already. Ask again later.', 30);
  }
  // Whoever left meanwhile would never be seen to leave.
  if (ctx.res.destroyed || ctx.res.closed) return;
  const out = new PassThrough();
  const write = (text: string) => {
    if (out.writableEnded) return;
    out.write(text);
    if (out.writableLength + ctx.res.writableLength > MOST_UNREAD_BYTES) ctx.res.destroy();
  };
  const end = () => out.end();
  const heartbeat = setInterval(() => {
    write(': still here\n\n');
    void authorize(ctx, scope).catch(end);
  }, HEARTBEAT_MS).unref();

  ctx.status = 200;
  ctx.set('Cache-Control', 'no-store, no-transform');
  // A proxy that gathers answers would keep the events.
  ctx.set('X-Accel-Buffering', 'no');
  ctx.type = 'text/event-stream';
  ctx.body = out;
  write(`retry: ${COME_AGAIN_MS}\n\n`);
  const stopListening = feed.listen((data) =>
    write(`event: ${event}\ndata: ${JSON.stringify(response.parse(data))}\n\n`),
  );
  closing.addEventListener('abort', end);
  ctx.res.once('close', () => {
    clearInterval(heartbeat);
    stopListening();
    closing.removeEventListener('abort', end);
    out.destroy();
  });
}
