import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import { Refusal } from './refusal.ts';

/** Binds a form to the page it was rendered for, so that no other site can send it in a person's name. */
export interface Csrf {
  /**
   * The value of a form's hidden field.
   *
   * @param purpose the form, e.g. `login`
   * @param subject what the page belongs to and only its visitor has, e.g. the interaction
   */
  tokenFor(purpose: string, subject: string): string;
  /** @throws Refusal 403 when the form came from elsewhere */
  check(ctx: Context, purpose: string, subject: string, token: Buffer | undefined): void;
}

/**
 * @param key 32 bytes, the same in every instance
 * @param origin the issuer's origin, the only one whose pages may post forms
 */
export function createCsrf(key: Uint8Array, origin: string): Csrf {
  const digest = (purpose: string, subject: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify([purpose, subject]))
      .digest('base64url');
  return {
    tokenFor: digest,
    check(ctx, purpose, subject, token) {
      if (!cameFromOurPage(ctx, origin)) throw refused();
      const expected = Buffer.from(digest(purpose, subject));
      if (token === undefined || token.length !== expected.length || !timingSafeEqual(token, expected)) {
        throw refused();
      }
    },
  };
}

/**
 * Browsers say where a form comes from in `Sec-Fetch-Site`, older ones in `Origin` alone. `Origin: null` is what a
 * page with `Referrer-Policy: no-referrer` sends even to itself (Fetch, "append a request Origin header"), so it says
 * nothing: then `Sec-Fetch-Site` decides, and for browsers that have neither, the token.
 */
function cameFromOurPage(ctx: Context, origin: string): boolean {
  const site = ctx.get('Sec-Fetch-Site');
  const from = ctx.get('Origin');
  if (site !== '' && site !== 'same-origin') return false;
  return from === '' || from === 'null' || from === origin;
}

function refused(): Refusal {
  return new Refusal(
    403,
    'form_refused',
    'This form was not sent from the page it belongs to. Go back to the app you came from and start again.',
  );
}
