import type { Context } from 'koa';
import { readBody } from './body.ts';
import { Refusal } from './refusal.ts';

/** A login form is far smaller; passwords are bounded further on. */
const FORM_LIMIT = 16 * 1024;
const MAX_FIELDS = 50;

/** The fields of a form by name, their values as bytes. */
export type Form = ReadonlyMap<string, Buffer>;

/**
 * Reads an `application/x-www-form-urlencoded` body. Values stay bytes, since a password is what the person's browser
 * sent, whether or not that is UTF-8. A field that is given twice is refused: which of the two would count?
 *
 * @param limit in bytes of the encoded body
 * @throws Refusal 415 for another content type, 413 over the limit, 400 for a repeated field
 */
export async function readForm(ctx: Context, limit = FORM_LIMIT): Promise<Form> {
  const encoding = ctx.get('Content-Encoding');
  if (!ctx.is('application/x-www-form-urlencoded') || (encoding !== '' && encoding !== 'identity')) {
    throw new Refusal(
      415,
      'unsupported_media_type',
      'This address takes a form: application/x-www-form-urlencoded.',
    );
  }
  return parseForm(await readBody(ctx, limit));
}

/** https://url.spec.whatwg.org/#urlencoded-parsing, but to bytes and without repeated fields. */
export function parseForm(body: Buffer): Form {
  const form = new Map<string, Buffer>();
  for (const pair of split(body, '&')) {
    if (pair.length === 0) continue;
    const equals = pair.indexOf('=');
    const name = decode(equals === -1 ? pair : pair.subarray(0, equals)).toString('utf8');
    if (form.has(name)) {
      throw new Refusal(400, 'invalid_request', 'A field of the form was sent twice. Send each field once.');
    }
    if (form.size === MAX_FIELDS) throw new Refusal(400, 'invalid_request', 'The form has too many fields.');
    form.set(name, decode(equals === -1 ? Buffer.alloc(0) : pair.subarray(equals + 1)));
  }
  return form;
}

function* split(bytes: Buffer, separator: string): Generator<Buffer> {
  let start = 0;
  for (let end = bytes.indexOf(separator); end !== -1; end = bytes.indexOf(separator, start)) {
    yield bytes.subarray(start, end);
    start = end + 1;
  }
  yield bytes.subarray(start);
}

const PLUS = 0x2b;
const PERCENT = 0x25;
const SPACE = 0x20;

function decode(encoded: Buffer): Buffer {
  const decoded = Buffer.alloc(encoded.length);
  let length = 0;
  for (let at = 0; at < encoded.length; at += 1) {
    const byte = encoded[at];
    const hex = byte === PERCENT ? encoded.toString('latin1', at + 1, at + 3) : '';
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      decoded[length] = Number.parseInt(hex, 16);
      at += 2;
    } else {
      decoded[length] = byte === PLUS ? SPACE : (byte ?? 0);
    }
    length += 1;
  }
  return decoded.subarray(0, length);
}
