import type { Context } from 'koa';
import { createPages, type Page } from '../../http/pages.ts';
import type { PorchState } from '../../http/porch.ts';
import { pickTexts } from '../texts/pick.ts';
import type { Texts } from '../texts/texts.ts';

/** The hall's pages that stand alone: each answers the request. */
export interface HallPages {
  textsFor(ctx: Context, uiLocales: unknown): Texts;
  send(ctx: Context, texts: Texts, page: Omit<Page, 'lang'>): void;
  expired(ctx: Context, texts: Texts): void;
  /** @param description written by a program for a developer */
  error(
    ctx: Context,
    texts: Texts,
    problem: { status: number; sentence: string; error: string; description: string | undefined },
  ): void;
}

export function createHallPages(issuer: URL): HallPages {
  const sendPage = createPages(issuer, new URL('../views/', import.meta.url));
  const send: HallPages['send'] = (ctx, texts, page) => sendPage(ctx, { ...page, lang: texts.lang });
  return {
    textsFor: (ctx, uiLocales) => pickTexts(uiLocales, ctx.get('Accept-Language')),
    send,
    expired: (ctx, texts) =>
      send(ctx, texts, {
        status: 400,
        view: 'message',
        title: texts.expired.title,
        data: { sentence: texts.expired.sentence },
      }),
    error(ctx, texts, { status, sentence, error, description }) {
      const { requestId } = ctx.state as PorchState;
      send(ctx, texts, {
        status,
        view: 'error',
        title: texts.error.title,
        data: { sentence, error, description, requestId, texts: texts.error },
      });
    },
  };
}
