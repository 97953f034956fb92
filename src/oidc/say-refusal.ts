import type { Branding } from '../http/branding.ts';
import type { SayRefusal } from '../http/refusal.ts';
import { linksBelow } from './interaction/hall-pages.ts';
import { pickTexts } from './texts/pick.ts';
import type { RefusalText } from './texts/texts.ts';

/** What a person can come upon, by the code of the refusal. Everything else is an operator's business. */
const TEXTS: ReadonlyMap<string, RefusalText> = new Map([
  ['invalid_request', 'notUnderstood'],
  ['request_too_large', 'notUnderstood'],
  ['unsupported_media_type', 'notUnderstood'],
  ['form_refused', 'formRefused'],
  ['not_found', 'notFound'],
  ['temporarily_unavailable', 'unavailable'],
  ['server_error', 'fault'],
]);

/** The porch's refusals in the languages of the hall. */
export function createSayRefusal(branding: Branding): SayRefusal {
  return (ctx, { code }) => {
    const name = TEXTS.get(code);
    if (name === undefined) return undefined;
    const texts = pickTexts(ctx.query.ui_locales, ctx.get('Accept-Language'));
    const { reference } = texts.error;
    return { lang: texts.lang, ...texts.refusal[name], reference, links: linksBelow(branding, texts) };
  };
}
