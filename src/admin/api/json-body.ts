import type { Context } from 'koa';
import { readBody } from '../../http/body.ts';
import { Refusal } from '../../http/refusal.ts';
import { InvalidInput } from './problem.ts';

/** A client with fifty addresses and its keys is far smaller. */
const LIMIT_BYTES = 64 * 1024;
const MAX_DEPTH = 16;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a JSON body.
 *
 * @returns the value, and the bytes as they came
 * @throws Refusal 415 for another content type, 413 over 64 KiB; InvalidInput for what is no JSON or nested too deeply
 */
export async function readJson(ctx: Context): Promise<{ value: unknown; bytes: Buffer }> {
  const encoding = ctx.get('Content-Encoding');
  if (!ctx.is('application/json') || (encoding !== '' && encoding !== 'identity')) {
    throw new Refusal(415, 'unsupported_media_type', 'This address takes JSON: application/json.');
  }
  const bytes = await readBody(ctx, LIMIT_BYTES);
  return { value: parse(bytes), bytes };
}

function parse(bytes: Buffer): unknown {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch {
    throw fault('is not JSON in UTF-8');
  }
  if (isTooDeep(value, MAX_DEPTH)) throw fault(`is nested more than ${MAX_DEPTH} levels deep`);
  return value;
}

const fault = (message: string) => new InvalidInput([{ in: 'body', path: '', message }]);

function isTooDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((inner) => isTooDeep(inner, left - 1));
}
