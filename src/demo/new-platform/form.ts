import type { Context } from 'koa';

/** Two fields and a token; a password of 4096 bytes is thrice as long when escaped. */
const MAX_BYTES = 16_384;

/** Reads a posted form; answers 415 or 413 for what is none or too long. */
export async function readForm(context: Context): Promise<URLSearchParams> {
  if (!context.is('application/x-www-form-urlencoded')) return context.throw(415);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of context.req) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) return context.throw(413);
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
