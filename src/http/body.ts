import type { Context } from 'koa';
import { Refusal } from './refusal.ts';

/**
 * Reads a body whole, counting what really comes.
 *
 * @param limit in bytes
 * @throws Refusal 413 over the limit
 */
export async function readBody(ctx: Context, limit: number): Promise<Buffer> {
  if ((ctx.request.length ?? 0) > limit) throw tooLarge(ctx);
  const chunks: Buffer[] = [];
  let received = 0;
  for await (const chunk of ctx.req.iterator({ destroyOnReturn: false })) {
    received += chunk.length;
    if (received > limit) throw tooLarge(ctx);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, received);
}

function tooLarge(ctx: Context): Refusal {
  // The rest of the body is not read, so the connection cannot serve another request.
  ctx.set('Connection', 'close');
  return new Refusal(413, 'request_too_large', 'The body is larger than this server accepts.');
}
