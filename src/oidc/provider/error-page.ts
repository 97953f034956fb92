import { type Configuration, errors } from 'oidc-provider';
import type { HallPages } from '../interaction/hall-pages.ts';
import type { Texts } from '../texts/texts.ts';

type RenderError = NonNullable<Configuration['renderError']>;

/** What a person sees where oidc-provider cannot send them back to the client; programs get its JSON. */
export function createRenderError(pages: HallPages): RenderError {
  return (ctx, out, error) => {
    if (ctx.accepts('html', 'json') !== 'html') {
      ctx.body = out;
      return;
    }
    const texts = pages.textsFor(ctx, ctx.oidc.params?.ui_locales ?? ctx.query.ui_locales);
    if (error instanceof errors.SessionNotFound) return pages.expired(ctx, texts);
    pages.error(ctx, texts, {
      status: ctx.status,
      sentence: sentenceFor(error, texts),
      error: out.error,
      description: out.error === 'server_error' ? undefined : out.error_description,
    });
  };
}

function sentenceFor(error: Error, { error: texts }: Texts): string {
  if (error instanceof errors.InvalidClientMetadata) return texts.registration;
  if (error instanceof errors.InvalidRedirectUri) return texts.redirectUri;
  if (error instanceof errors.InvalidClient) return texts.unknownClient;
  if (error instanceof errors.TemporarilyUnavailable) return texts.unavailable;
  return error instanceof errors.OIDCProviderError ? texts.request : texts.fault;
}
