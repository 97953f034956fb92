import type { Context } from 'koa';
import { z } from 'zod';

/** A cookie may have 4096 bytes, of which base64url and the attributes take their part. */
const MAX_BYTES = 2_500;

const flash = z.object({
  tone: z.enum(['good', 'bad']),
  text: z.string(),
  undo: z
    .object({ label: z.string(), action: z.string(), fields: z.record(z.string(), z.string()) })
    .optional(),
});

/** What the next page says about what was just done. */
export type Flash = z.output<typeof flash>;

/** Carries one message over the redirect after a form, in a signed cookie: no instance keeps any state. */
export function createFlash(secure: boolean) {
  const name = `${secure ? '__Host-' : ''}footbridge_flash`;
  const options = { httpOnly: true, sameSite: 'strict', secure, path: '/', signed: true } as const;
  return {
    leave(ctx: Context, message: Flash): void {
      ctx.cookies.set(name, encoded(message), options);
    },
    /** Takes what was left, once. A script that looks at a page again leaves it to the page that is shown. */
    take(ctx: Context): Flash | undefined {
      if (ctx.get('Sec-Fetch-Dest') === 'empty') return undefined;
      const value = ctx.cookies.get(name, { signed: true });
      if (value === undefined) return undefined;
      ctx.cookies.set(name, '', { ...options, maxAge: 0 });
      return decoded(value);
    },
  };
}

function encoded(message: Flash): string {
  const whole = Buffer.from(JSON.stringify(message));
  if (whole.length <= MAX_BYTES) return whole.toString('base64url');
  const short = { tone: message.tone, text: `${[...message.text].slice(0, 500).join('')} …` };
  return Buffer.from(JSON.stringify(short)).toString('base64url');
}

function decoded(value: string): Flash | undefined {
  try {
    return flash.safeParse(JSON.parse(Buffer.from(value, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
