import type { Context } from 'koa';
import { type Branding, NO_BRANDING } from '../../http/branding.ts';
import { createPages, type Link, type Page } from '../../http/pages.ts';
import type { PorchState } from '../../http/porch.ts';
import { pickTexts } from '../texts/pick.ts';
import type { Texts } from '../texts/texts.ts';
import { VIEWS_WITH_FORMS, type Views } from './views.ts';

interface HallPage<V extends keyof Views> extends Pick<Page, 'status' | 'title' | 'leadsTo'> {
  readonly view: V;
  readonly data: Views[V];
}

/** The hall's pages that stand alone: each answers the request. */
export interface HallPages {
  /** Where a person sets a new password, if the operator named a place. */
  readonly forgotPassword: string | undefined;
  textsFor(ctx: Context, uiLocales: unknown): Texts;
  send<V extends keyof Views>(ctx: Context, texts: Texts, page: HallPage<V>): void;
  expired(ctx: Context, texts: Texts): void;
  /** @param description written by a program for a developer */
  error(
    ctx: Context,
    texts: Texts,
    problem: { status: number; sentence: string; error: string; description: string | undefined },
  ): void;
}

/** @param script address of the script for pages with forms */
export function createHallPages(issuer: URL, branding: Branding = NO_BRANDING, script?: string): HallPages {
  const sendPage = createPages(issuer, new URL('../views/', import.meta.url), branding);
  const send: HallPages['send'] = (ctx, texts, page) =>
    sendPage(ctx, {
      ...page,
      lang: texts.lang,
      script: VIEWS_WITH_FORMS.includes(page.view) ? script : undefined,
      links: linksBelow(branding, texts),
    });
  return {
    forgotPassword: branding.links.forgotPassword,
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
        data: { sentence, error, description, requestId, labels: texts.error },
      });
    },
  };
}

/** The operator's links, named in the person's language. */
export function linksBelow({ links }: Pick<Branding, 'links'>, texts: Pick<Texts, 'links'>): Link[] {
  return (['privacy', 'imprint', 'support'] as const).flatMap((name) => {
    const href = links[name];
    return href === undefined ? [] : [{ href, text: texts.links[name] }];
  });
}
