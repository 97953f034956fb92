import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import type Provider from 'oidc-provider';
import { errors, type InteractionResults } from 'oidc-provider';
import type { Csrf } from '../../http/csrf.ts';
import { type Form, readForm } from '../../http/form.ts';
import { basePathOf } from '../../http/pages.ts';
import type { PorchState } from '../../http/porch.ts';
import type { LoginDesk } from '../../login/login-desk.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { OidcOptions } from '../options.ts';
import type { Texts } from '../texts/texts.ts';
import { appOf } from './app-of.ts';
import { expectedSubject } from './expected-subject.ts';
import type { HallPages } from './hall-pages.ts';
import { type LoginFault, loginFault } from './login-fault.ts';

/** Longer than any e-mail address (RFC 5321, section 4.5.3.1: 64 + 1 + 255). */
const MAX_IDENTIFIER_LENGTH = 320;

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

interface Visit {
  readonly ctx: Context;
  readonly interaction: Interaction;
  readonly texts: Texts;
  /** What the person knows the client by. */
  readonly app: string;
}

/**
 * The pages between an authorization request and its answer: log in, agree, cancel. A visit needs the interaction in
 * the address and in the visitor's signed cookie; a form also the token made for both.
 */
export function interactionRoutes({
  provider,
  pages,
  desk,
  csrf,
  issuer,
  clock,
  options,
}: {
  provider: Provider;
  pages: HallPages;
  desk: Pick<LoginDesk, 'authenticate'>;
  csrf: Csrf;
  issuer: URL;
  clock: Clock;
  options: Pick<OidcOptions, 'app'>;
}): Middleware {
  const base = basePathOf(issuer);

  async function visit(ctx: Context): Promise<Visit | undefined> {
    const interaction = await provider.interactionDetails(ctx.req, ctx.res).catch((error: unknown) => {
      if (error instanceof errors.SessionNotFound) return undefined;
      throw error;
    });
    if (interaction === undefined || interaction.uid !== ctx.params.uid) {
      pages.expired(ctx, pages.textsFor(ctx, undefined));
      return undefined;
    }
    const { ui_locales: uiLocales, client_id: clientId, redirect_uri: redirectUri } = interaction.params;
    const client = await provider.Client.find(String(clientId));
    return {
      ctx,
      interaction,
      texts: pages.textsFor(ctx, uiLocales),
      app: client?.clientName ?? (new URL(String(redirectUri)).host || String(clientId)),
    };
  }

  const tokens = <P extends string>({ uid }: Interaction, ...purposes: P[]) =>
    Object.fromEntries(purposes.map((purpose) => [purpose, csrf.tokenFor(purpose, uid)])) as Record<
      P,
      string
    >;

  /** @throws Refusal when the form was not sent from the page it belongs to */
  async function readOwnForm({ ctx, interaction }: Visit, purpose: string): Promise<Form> {
    const form = await readForm(ctx);
    csrf.check(ctx, purpose, interaction.uid, form.get('csrf'));
    return form;
  }

  function showLogin({ ctx, interaction, texts, app }: Visit, identifier: string, fault?: LoginFault): void {
    if (fault?.retryAfterSeconds !== undefined) ctx.set('Retry-After', String(fault.retryAfterSeconds));
    pages.send(ctx, texts, {
      status: fault?.status ?? 200,
      view: 'login',
      leadsTo: leadsTo(interaction),
      title: `${fault === undefined ? texts.login.title : texts.login.failedTitle} – ${app}`,
      data: {
        texts: texts.login,
        app,
        action: `${base}/interaction/${interaction.uid}`,
        token: tokens(interaction, 'login', 'cancel'),
        error: fault?.sentence,
        elsewhere:
          fault?.elsewhere !== undefined && isWebAddress(fault.elsewhere) ? fault.elsewhere : undefined,
        identifier,
        forgotPassword: pages.forgotPassword,
      },
    });
  }

  /** Where the person has to go first, if anybody said. */
  function showElsewhere({ ctx, texts }: Visit, why: 'moved' | 'changePassword', location = ''): void {
    const { title, sentence, link } = texts[why];
    pages.send(ctx, texts, {
      status: 403,
      view: 'message',
      title,
      data: { sentence, link: isWebAddress(location) ? { href: location, text: link } : undefined },
    });
  }

  function showConsent({ ctx, interaction, texts, app }: Visit): void {
    const scopes = String(interaction.params.scope ?? '').split(' ');
    const items = Object.entries(texts.consent.scopes)
      .filter(([scope]) => scopes.includes(scope))
      .map(([, text]) => text);
    const isNamed = (scope: string) => Object.hasOwn(texts.consent.scopes, scope);
    if (interaction.params.claims !== undefined || !scopes.every(isNamed)) items.push(texts.consent.more);
    pages.send(ctx, texts, {
      status: 200,
      view: 'consent',
      leadsTo: leadsTo(interaction),
      title: `${texts.consent.title} – ${app}`,
      data: {
        texts: texts.consent,
        app,
        action: `${base}/interaction/${interaction.uid}`,
        token: tokens(interaction, 'consent', 'cancel'),
        items,
      },
    });
  }

  async function finish({ ctx }: Visit, result: InteractionResults): Promise<void> {
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
    // A browser repeats a 302 or 307 as it likes, password and all; a 303 is always a GET (RFC 9700, section 4.12).
    ctx.status = 303;
  }

  async function show(here: Visit): Promise<void> {
    if (here.interaction.prompt.name === 'consent') return showConsent(here);
    const hint = String(here.interaction.params.login_hint ?? '');
    showLogin(here, isIdentifier(hint) ? hint : '');
  }

  async function login(here: Visit): Promise<void> {
    const form = await readOwnForm(here, 'login');
    const identifier = (form.get('identifier') ?? Buffer.alloc(0)).toString('utf8');
    const { ctx, interaction, texts } = here;
    const outcome = isIdentifier(identifier)
      ? await desk.authenticate({
          clientId: String(interaction.params.client_id),
          app: appOf(interaction.params, options.app),
          identifier,
          password: form.get('password') ?? Buffer.alloc(0),
          address: (ctx.state as PorchState).address,
        })
      : ({ kind: 'rejected' } as const);
    if (outcome.kind === 'moved') return showElsewhere(here, 'moved', outcome.location);
    if (outcome.kind === 'must-change-password') {
      return showElsewhere(here, 'changePassword', outcome.location);
    }
    if (outcome.kind !== 'authenticated') {
      return showLogin(here, identifier.slice(0, MAX_IDENTIFIER_LENGTH), loginFault(outcome, texts));
    }
    const expected = expectedSubject(interaction.params);
    if (expected !== undefined && expected !== outcome.subject) {
      return showLogin(here, identifier, { status: 403, sentence: texts.login.otherAccount(here.app) });
    }
    const ts = Math.floor(clock() / 1000);
    await finish(here, { login: { accountId: outcome.subject, amr: ['pwd'], ts, remember: false } });
  }

  async function consent(here: Visit): Promise<void> {
    await readOwnForm(here, 'consent');
    await finish(here, { consent: {} });
  }

  async function cancel(here: Visit): Promise<void> {
    await readOwnForm(here, 'cancel');
    await finish(here, { error: 'access_denied', error_description: 'The person cancelled the login.' });
  }

  const on = (work: (here: Visit) => Promise<void>) => async (ctx: Context) => {
    const here = await visit(ctx);
    if (here !== undefined) await work(here);
  };
  const router = new Router();
  router.get('/interaction/:uid', on(show));
  router.post('/interaction/:uid/login', on(login));
  router.post('/interaction/:uid/consent', on(consent));
  router.post('/interaction/:uid/cancel', on(cancel));
  return router.routes() as unknown as Middleware;
}

const leadsTo = ({ params }: Interaction) => String(params.redirect_uri);

/** Nobody is called anything longer, so nobody is looked for. What else is a name is the desk's to say. */
function isIdentifier(text: string): boolean {
  return text.length <= MAX_IDENTIFIER_LENGTH;
}

/** A link of another kind (`javascript:`) is not one that a person should follow. */
function isWebAddress(location: string): boolean {
  return URL.canParse(location) && /^https?:$/.test(new URL(location).protocol);
}
