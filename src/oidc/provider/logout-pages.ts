import type { KoaContextWithOIDC } from 'oidc-provider';
import type { HallPages } from '../interaction/hall-pages.ts';

/** The pages of RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0): the question and the end. */
export function createLogoutPages(pages: HallPages) {
  const textsFor = (ctx: KoaContextWithOIDC) => pages.textsFor(ctx, ctx.oidc.params?.ui_locales);
  return {
    async logoutSource(ctx: KoaContextWithOIDC): Promise<void> {
      const texts = textsFor(ctx);
      pages.send(ctx, texts, {
        status: 200,
        view: 'logout',
        leadsTo: stringOf(ctx.oidc.params?.post_logout_redirect_uri),
        title: texts.logout.title,
        data: {
          texts: texts.logout,
          action: ctx.oidc.urlFor('end_session_confirm'),
          // oidc-provider's own token against forged logouts; it is checked when the form comes back.
          xsrf: stringOf(ctx.oidc.session?.state?.secret),
        },
      });
    },
    async postLogoutSuccessSource(ctx: KoaContextWithOIDC): Promise<void> {
      const texts = textsFor(ctx);
      pages.send(ctx, texts, {
        status: 200,
        view: 'message',
        title: texts.logout.doneTitle,
        data: { sentence: texts.logout.done },
      });
    },
  };
}

const stringOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
